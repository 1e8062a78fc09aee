package io.tallystick.sandbox.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sandbox.base.FreePorts;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmsCentreIT {
  private static final int UDHI = 0x40;
  private static final byte DEFAULT_ALPHABET = 0;
  private static final byte UCS_2 = 8;

  private final int smppPort = FreePorts.one();
  private final CompletableFuture<String> receipt = new CompletableFuture<>();
  private SmsCentre centre;

  @BeforeEach
  void start() throws Exception {
    centre = SmsCentre.start(smppPort, 0, "tallystick", "secret12", Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    centre.close();
  }

  @Test
  void showsMessageOnThePhoneAndSendsReceipt() throws Exception {
    SMPPSession session = bind("secret12");
    submit(session, 0, DEFAULT_ALPHABET, "Code 123456".getBytes(StandardCharsets.US_ASCII));
    assertThat(receipt.get(10, TimeUnit.SECONDS)).contains("stat:DELIVRD");
    assertThat(screen("8613800000001", 0)).contains("\"text\":\"Code 123456\"");
    assertThat(screen("8613800000002", 0)).isEqualTo("[]");
    assertThat(screen("8613800000001", 1)).isEqualTo("[]");
    session.unbindAndClose();
  }

  @Test
  void readsUcs2AndDefaultAlphabetExtension() throws Exception {
    SMPPSession session = bind("secret12");
    submit(session, 0, UCS_2, "验证码 42".getBytes(StandardCharsets.UTF_16BE));
    submit(session, 0, DEFAULT_ALPHABET, new byte[] {0x00, 0x02, 0x1B, 0x65, 0x1B, 0x28});
    assertThat(centre.phones().messages("8613800000001", 0))
        .extracting(Phones.Message::text)
        .containsExactly("验证码 42", "@$€{");
    session.unbindAndClose();
  }

  @Test
  void joinsPartsOfLongMessageInAnyOrder() throws Exception {
    SMPPSession session = bind("secret12");
    submit(session, UDHI, DEFAULT_ALPHABET, part(2, "world"));
    assertThat(centre.phones().messages("8613800000001", 0)).isEmpty();
    submit(session, UDHI, DEFAULT_ALPHABET, part(1, "hello "));
    assertThat(centre.phones().messages("8613800000001", 0))
        .extracting(Phones.Message::text)
        .containsExactly("hello world");
    session.unbindAndClose();
  }

  @Test
  void answersAQuestionThatIsNone() throws Exception {
    assertThat(screen("8613800000001", -1)).isEmpty();
  }

  @Test
  void refusesWrongPassword() {
    assertThatThrownBy(() -> bind("wrong")).hasStackTraceContaining("0000000e");
  }

  private SMPPSession bind(String password) throws Exception {
    SMPPSession session = new SMPPSession();
    session.setMessageReceiverListener(new ReceiptListener());
    session.connectAndBind(
        "127.0.0.1",
        smppPort,
        new BindParameter(
            BindType.BIND_TRX,
            "tallystick",
            password,
            "",
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.UNKNOWN,
            null));
    return session;
  }

  private static void submit(SMPPSession session, int esmClass, byte coding, byte[] text)
      throws Exception {
    session.submitShortMessage(
        "",
        TypeOfNumber.ALPHANUMERIC,
        NumberingPlanIndicator.UNKNOWN,
        "Tallystick",
        TypeOfNumber.INTERNATIONAL,
        NumberingPlanIndicator.ISDN,
        "8613800000001",
        new ESMClass(esmClass),
        (byte) 0,
        (byte) 0,
        null,
        null,
        new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
        (byte) 0,
        DataCodings.newInstance(coding),
        (byte) 0,
        text);
  }

  private static byte[] part(int number, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {5, 0, 3, 77, 2, (byte) number});
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private String screen(String number, int after) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address =
          URI.create(centre.screenAddress() + "/phones/%2B" + number + "/messages?after=" + after);
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private final class ReceiptListener implements MessageReceiverListener {
    @Override
    public void onAcceptDeliverSm(DeliverSm deliver) {
      receipt.complete(new String(deliver.getShortMessage(), StandardCharsets.US_ASCII));
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {
      throw new AssertionError("not sent by this centre");
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm data, Session source) {
      throw new AssertionError("not sent by this centre");
    }
  }
}
