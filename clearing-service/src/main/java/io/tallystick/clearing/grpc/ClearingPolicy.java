package io.tallystick.clearing.grpc;

import static io.tallystick.kit.grpc.GrpcPolicy.operators;
import static io.tallystick.kit.grpc.GrpcPolicy.services;

import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.kit.grpc.GrpcPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Who may call which gRPC method.
final class ClearingPolicy {
  @Produces
  @Singleton
  GrpcPolicy policy() {
    return GrpcPolicy.builder()
        .allow(ClearingServiceGrpc.getPayMethod(), services("verify"))
        .allow(ClearingServiceGrpc.getQueryPaymentMethod(), services("verify"))
        .allow(ClearingServiceGrpc.getReverseMethod(), services("verify"))
        .allow(ClearingServiceGrpc.getRefundMethod(), services("verify"))
        .allow(ClearingServiceGrpc.getHoldAllowanceMethod(), services("seed"))
        .allow(LedgerAdminServiceGrpc.getDepositMethod(), operators())
        .allow(LedgerAdminServiceGrpc.getListAccountsMethod(), operators())
        .allow(LedgerAdminServiceGrpc.getRunSettlementMethod(), operators())
        .allow(LedgerAdminServiceGrpc.getCheckLedgerMethod(), operators())
        .build();
  }
}
