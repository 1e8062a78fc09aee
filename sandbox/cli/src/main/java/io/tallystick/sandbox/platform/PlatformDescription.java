package io.tallystick.sandbox.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where a running platform is: what `tally up` writes to `platform.json` and every other command
/// reads. File names are absolute.
///
/// @param rest base addresses of the REST ports (HTTPS)
/// @param grpc addresses of the gRPC ports (mTLS), `host:port`
/// @param caFile certificate of the development CA, PEM
/// @param oidcIssuer address of the OIDC issuer that payers and merchants' staff log in at
/// @param smsCentre base address of the SMS centre's reader: the phones' screens
/// @param operatorCertificateFile client certificate of the sandbox's operator, PEM
/// @param operatorKeyFile its private key, PEM
/// @param certificatesFolder the development CA's folder, where terminals' certificates are issued
/// @param rootPublicKeyFile the platform root's public key, PEM
/// @param processId process id of the supervisor
public record PlatformDescription(
    RestAddresses rest,
    GrpcAddresses grpc,
    Path caFile,
    URI oidcIssuer,
    URI smsCentre,
    Path operatorCertificateFile,
    Path operatorKeyFile,
    Path certificatesFolder,
    Path rootPublicKeyFile,
    long processId) {

  /// REST base addresses, without a trailing slash.
  public record RestAddresses(
      URI seedService,
      URI verifyService,
      URI clearingService,
      URI riskService,
      URI notifyService) {}

  /// gRPC addresses, `host:port`.
  public record GrpcAddresses(
      String seedService, String verifyService, String clearingService, String riskService) {}

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /// Reads a description.
  ///
  /// @throws IOException when the file is missing, unreadable or not a description
  public static PlatformDescription read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), PlatformDescription.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not a platform description: " + e.getOriginalMessage(), e);
    }
  }

  /// Writes this description whole or not at all: a reader never sees half a file.
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, JSON.writeValueAsBytes(this));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
