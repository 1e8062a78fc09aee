package io.tallystick.notify.sms.smpp;

import io.tallystick.notify.sms.ShortMessage;
import io.tallystick.notify.sms.SmsSegments;
import io.tallystick.notify.sms.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/// Hands messages to the SMS centre over the bound session.
@ApplicationScoped
public class SmppGateway {
  private static final Logger LOG = Logger.getLogger(SmppGateway.class);
  private static final byte USER_DATA_HEADER = 0x40;

  /// The centre is busy or broken, the message is not at fault (SMPP 3.4 §5.1.3).
  private static final Set<Integer> PASSING =
      Set.of(
          SMPPConstant.STAT_ESME_RSYSERR,
          SMPPConstant.STAT_ESME_RMSGQFUL,
          SMPPConstant.STAT_ESME_RTHROTTLED,
          SMPPConstant.STAT_ESME_RINVBNDSTS);

  private final SmppConfig config;
  private final SmppConnection connection;
  private final Semaphore window;

  SmppGateway(SmppConfig config, SmppConnection connection) {
    this.config = config;
    this.connection = connection;
    this.window = new Semaphore(config.window());
  }

  /// Whether submitting makes sense now.
  public boolean bound() {
    return connection.session().isPresent();
  }

  /// Submits every part and waits for the answers.
  public Submission submit(ShortMessage message) {
    List<String> ids = new ArrayList<>();
    for (byte[] payload : message.segments().payloads()) {
      switch (submit(message, payload)) {
        case Submission.Accepted accepted -> ids.addAll(accepted.centreMessageIds());
        case Submission.Later later -> {
          return later;
        }
        case Submission.Refused refused -> {
          return refused;
        }
      }
    }
    return new Submission.Accepted(ids);
  }

  private Submission submit(ShortMessage message, byte[] payload) {
    Optional<SMPPSession> session = connection.session();
    if (session.isEmpty()) {
      return new Submission.Later("not bound to the SMS centre");
    }
    try {
      if (!window.tryAcquire(config.responseTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return new Submission.Later("window is full");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Submission.Later("stopping");
    }
    try {
      return new Submission.Accepted(List.of(submit(session.get(), message, payload)));
    } catch (NegativeResponseException e) {
      String error = "command status 0x%08x".formatted(e.getCommandStatus());
      return PASSING.contains(e.getCommandStatus())
          ? new Submission.Later(error)
          : new Submission.Refused(error);
    } catch (PDUException e) {
      return new Submission.Refused("not a valid submission: " + e.getClass().getSimpleName());
    } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
      LOG.debugf("submission failed: %s", e.getClass().getName());
      connection.suspect(session.get());
      return new Submission.Later(e.getClass().getSimpleName());
    } finally {
      window.release();
    }
  }

  private String submit(SMPPSession session, ShortMessage message, byte[] payload)
      throws PDUException,
          ResponseTimeoutException,
          InvalidResponseException,
          NegativeResponseException,
          IOException {
    SmsSegments segments = message.segments();
    boolean numeric = config.sourceAddress().matches("[0-9]+");
    return session
        .submitShortMessage(
            "",
            numeric ? TypeOfNumber.NATIONAL : TypeOfNumber.ALPHANUMERIC,
            numeric ? NumberingPlanIndicator.ISDN : NumberingPlanIndicator.UNKNOWN,
            config.sourceAddress(),
            TypeOfNumber.INTERNATIONAL,
            NumberingPlanIndicator.ISDN,
            message.number().substring(1),
            new ESMClass(segments.joined() ? USER_DATA_HEADER : 0),
            (byte) 0,
            (byte) 0,
            null,
            relative(message.validFor()),
            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
            (byte) 0,
            new RawDataCoding(segments.coding().dataCoding()),
            (byte) 0,
            payload)
        .getMessageId();
  }

  /// A validity period relative to the centre's clock (SMPP 3.4 §7.1.1.2).
  static String relative(Duration validFor) {
    return "0000%02d%02d%02d%02d000R"
        .formatted(
            Math.min(99, validFor.toDays()),
            validFor.toHoursPart(),
            validFor.toMinutesPart(),
            validFor.toSecondsPart());
  }
}
