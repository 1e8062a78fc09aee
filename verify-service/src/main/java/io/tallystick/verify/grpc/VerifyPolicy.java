package io.tallystick.verify.grpc;

import static io.tallystick.kit.grpc.GrpcPolicy.operators;
import static io.tallystick.kit.grpc.GrpcPolicy.terminals;

import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.kit.grpc.GrpcPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Who may call what: terminals the one service, operators the other.
final class VerifyPolicy {
  @Produces
  @Singleton
  GrpcPolicy policy() {
    return GrpcPolicy.builder()
        .allow(VerifyServiceGrpc.getPayByCodeMethod(), terminals())
        .allow(VerifyServiceGrpc.getQueryPaymentMethod(), terminals())
        .allow(VerifyServiceGrpc.getReversePaymentMethod(), terminals())
        .allow(VerifyServiceGrpc.getRefundPaymentMethod(), terminals())
        .allow(VerifyServiceGrpc.getSubmitTapsMethod(), terminals())
        .allow(VerifyServiceGrpc.getGetTerminalPackMethod(), terminals())
        .allow(TerminalAdminServiceGrpc.getRegisterMerchantMethod(), operators())
        .allow(TerminalAdminServiceGrpc.getRegisterTerminalMethod(), operators())
        .allow(TerminalAdminServiceGrpc.getRetireTerminalMethod(), operators())
        .allow(TerminalAdminServiceGrpc.getListTerminalsMethod(), operators())
        .allow(TerminalAdminServiceGrpc.getListEvidenceMethod(), operators())
        .build();
  }
}
