package io.tallystick.kit.grpc;

import io.quarkus.grpc.GrpcService;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;

/// A service of which the policy says nothing.
@GrpcService
class LedgerEndpoint extends LedgerAdminServiceGrpc.LedgerAdminServiceImplBase {}
