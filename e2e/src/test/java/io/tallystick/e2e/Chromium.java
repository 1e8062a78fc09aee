package io.tallystick.e2e;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Protocol;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Transport;

/// Chromium without a window, driven through its own driver (WebDriver), with an authenticator that
/// Chromium plays (WebAuthn Level 3 §11): built into the machine, CTAP2, able to verify its user.
/// Both programs are those of the machine; nothing is downloaded, and every address that the
/// browser calls, whatever its name, is that of [WalletPage].
final class Chromium implements AutoCloseable {
  private static final String BROWSER = "chromium";
  private static final String DRIVER = "chromedriver";

  private final ChromeDriverService service;
  private final RemoteWebDriver driver;
  private Optional<VirtualAuthenticator> authenticator = Optional.empty();

  /// What a page's script came to: a credential as JSON, or the name of the exception.
  record Ceremony(JsonObject result) {
    JsonObject credential() {
      if (!result.has("credential")) {
        throw new AssertionError("Chromium made no credential: " + result);
      }
      return result.getAsJsonObject("credential");
    }

    String error() {
      if (!result.has("error")) {
        throw new AssertionError("Chromium did not refuse: " + result);
      }
      return result.get("error").getAsString();
    }
  }

  /// @param log of the driver
  Chromium(WalletPage page, Path log) throws GeneralSecurityException, IOException {
    service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath(DRIVER).orElseThrow().toFile())
            .usingAnyFreePort()
            .withLogFile(log.toFile())
            .build();
    service.start();
    // Not ChromeDriver, which wants the part of Selenium that downloads browsers.
    driver = new RemoteWebDriver(service.getUrl(), options(page), false);
  }

  private static ChromeOptions options(WalletPage page) throws GeneralSecurityException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(onPath(BROWSER).orElseThrow().toFile());
    // Without its sandbox it starts as root too; it sees no pages but ours.
    options.addArguments("--headless", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--host-resolver-rules=MAP * 127.0.0.1:" + page.port());
    // It makes no passkeys on pages with certificate errors, so this one key makes none.
    options.addArguments("--ignore-certificate-errors-spki-list=" + page.keyDigest());
    return options;
  }

  /// Whether browser and driver are on the path.
  static boolean isInstalled() {
    return onPath(BROWSER).isPresent() && onPath(DRIVER).isPresent();
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// In place of the one before: an authenticator that has no passkey yet and knows its user.
  void useNewAuthenticator() {
    use(true);
  }

  /// In place of the one before: one that asks for a touch and can't tell whose it is.
  void useAuthenticatorThatKnowsNobody() {
    use(false);
  }

  private void use(boolean verifiesUser) {
    authenticator.ifPresent(driver::removeVirtualAuthenticator);
    authenticator =
        Optional.of(
            driver.addVirtualAuthenticator(
                new VirtualAuthenticatorOptions()
                    .setProtocol(Protocol.CTAP2)
                    .setTransport(Transport.INTERNAL)
                    .setHasResidentKey(true)
                    .setHasUserVerification(verifiesUser)
                    .setIsUserConsenting(true)
                    .setIsUserVerified(verifiesUser)));
  }

  /// Whether the authenticator finds from now on that it is its user.
  void recognisesUser(boolean recognises) {
    authenticator.orElseThrow().setUserVerified(recognises);
  }

  void open(String address) {
    driver.get(address);
  }

  /// Goes on in the page that the open one has in its only frame.
  void enterFrame() {
    driver.switchTo().frame(0);
  }

  /// The open page makes a passkey for the options.
  Ceremony register(JsonObject options) {
    return run("return register(arguments[0])", options);
  }

  /// The open page has a passkey sign for the options.
  Ceremony answer(JsonObject options) {
    return run("return answer(arguments[0])", options);
  }

  private Ceremony run(String script, JsonObject options) {
    String result = String.valueOf(driver.executeScript(script, options.toString()));
    return new Ceremony(JsonParser.parseString(result).getAsJsonObject());
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      service.stop();
    }
  }
}
