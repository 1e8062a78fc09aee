package io.tallystick.sandbox.base;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes X.509 certificates with P-256 keys (RFC 5280 profile).
final class Certificates {
  /// Clocks of two machines differ a little.
  private static final Duration BACKDATE = Duration.ofMinutes(5);

  /// Addresses of a server certificate: one for each replica on a machine.
  private static final int LOOPBACKS = 4;

  private Certificates() {}

  record Leaf(String commonName, String uri, boolean server, Instant now, Duration validity) {}

  static KeyPair newKeyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static X509Certificate selfSigned(String commonName, KeyPair pair, Instant now, Duration validity)
      throws GeneralSecurityException {
    X500Name name = name(commonName);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name, serial(), notBefore(now), notAfter(now, validity), name, pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return sign(builder, pair.getPrivate());
  }

  static X509Certificate leaf(Leaf leaf, KeyPair pair, X509Certificate issuer, PrivateKey issuerKey)
      throws GeneralSecurityException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new JcaX509CertificateHolder(issuer).getSubject(),
            serial(),
            notBefore(leaf.now()),
            notAfter(leaf.now(), leaf.validity()),
            name(leaf.commonName()),
            pair.getPublic());
    KeyPurposeId[] purposes =
        leaf.server()
            ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}
            : new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(issuer.getPublicKey()));
      List<GeneralName> names = alternativeNames(leaf);
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(new GeneralName[0])));
      }
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return sign(builder, issuerKey);
  }

  private static List<GeneralName> alternativeNames(Leaf leaf) {
    List<GeneralName> names = new ArrayList<>();
    if (!leaf.uri().isEmpty()) {
      names.add(new GeneralName(GeneralName.uniformResourceIdentifier, leaf.uri()));
    }
    if (leaf.server()) {
      names.add(new GeneralName(GeneralName.dNSName, "localhost"));
      for (int replica = 1; replica <= LOOPBACKS; replica++) {
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0." + replica));
      }
      names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    }
    return names;
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder()
        .addRDN(BCStyle.O, "Tallystick")
        .addRDN(BCStyle.CN, commonName.substring(0, Math.min(64, commonName.length())))
        .build();
  }

  private static BigInteger serial() {
    return new BigInteger(127, new SecureRandom()).add(BigInteger.ONE);
  }

  private static Date notBefore(Instant now) {
    return Date.from(now.minus(BACKDATE));
  }

  private static Date notAfter(Instant now, Duration validity) {
    return Date.from(now.plus(validity));
  }
}
