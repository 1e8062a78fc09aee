package io.tallystick.notify.face.webauthn;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/// The relying party.
@ConfigMapping(prefix = "tallystick.notify.webauthn")
public interface WebAuthnConfig {
  /// Relying party id: the domain that passkeys belong to. Changing it makes every passkey useless.
  @WithDefault("localhost")
  String rpId();

  /// What a person sees as the relying party.
  @WithDefault("Tallystick")
  String rpName();

  /// Origins that wallets run in, for example `https://wallet.example` or `android:apk-key-hash:…`.
  @WithDefault("https://localhost")
  Set<String> origins();

  /// How long an authenticator may take; a hint to the client.
  @WithDefault("5M")
  Duration timeout();
}
