package io.tallystick.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.kit.identity.CallerIdentity.OperatorIdentity;
import io.tallystick.kit.identity.CallerIdentity.ServiceIdentity;
import io.tallystick.kit.identity.CallerIdentity.TerminalIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerIdentityTest {
  @Test
  void readsTheThreeForms() {
    assertThat(CallerIdentity.parse("spiffe://tallystick.io/terminal/m-1/T.9"))
        .contains(new TerminalIdentity("m-1", "T.9"));
    assertThat(CallerIdentity.parse("spiffe://tallystick.io/service/verify"))
        .contains(new ServiceIdentity("verify"));
    assertThat(CallerIdentity.parse("spiffe://tallystick.io/operator/bank"))
        .contains(new OperatorIdentity("bank"));
  }

  @Test
  void writesWhatItReads() {
    for (CallerIdentity identity :
        List.of(
            new TerminalIdentity("m", "t"),
            new ServiceIdentity("seed"),
            new OperatorIdentity("ann"))) {
      assertThat(CallerIdentity.parse(identity.uri())).contains(identity);
    }
  }

  @Test
  void refusesEverythingElse() {
    for (String uri :
        List.of(
            "",
            "spiffe://tallystick.io",
            "spiffe://tallystick.io/",
            "spiffe://tallystick.io/service",
            "spiffe://tallystick.io/service/",
            "spiffe://tallystick.io/service/verify/",
            "spiffe://tallystick.io/service/verify/extra",
            "spiffe://tallystick.io//service/verify",
            "spiffe://tallystick.io/terminal/m",
            "spiffe://tallystick.io/terminal/m/t/x",
            "spiffe://tallystick.io/terminal/m/../operator",
            "spiffe://tallystick.io/terminal/./t",
            "spiffe://tallystick.io/terminal/m%2Fx/t",
            "spiffe://tallystick.io/admin/x",
            "spiffe://tallystick.io/service/verify?x=1",
            "spiffe://tallystick.io/service/verify#x",
            "spiffe://user@tallystick.io/service/verify",
            "spiffe://tallystick.io:443/service/verify",
            "spiffe://tallystick.io.evil.example/service/verify",
            "SPIFFE://tallystick.io/service/verify",
            "https://tallystick.io/service/verify",
            "spiffe://tallystick.io/service/" + "x".repeat(65),
            "spiffe://tallystick.io/service/ver ify")) {
      assertThat(CallerIdentity.parse(uri)).as(uri).isEmpty();
    }
  }

  @Test
  void holdsPlainNamesOnly() {
    assertThatThrownBy(() -> new TerminalIdentity("m/x", "t")).hasMessageContaining("merchantId");
    assertThatThrownBy(() -> new ServiceIdentity("")).hasMessageContaining("name");
  }
}
