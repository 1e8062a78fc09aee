package io.tallystick.notify.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/// An SMPP server that keeps what it is given, and can be told to be away, busy or strict.
public final class SmsCentre {
  static final String PASSWORD = "secret12";

  private static final Pattern CODE = Pattern.compile("\\b([0-9]{6})\\b");

  private final int port;
  private final List<Submitted> submitted = new CopyOnWriteArrayList<>();
  private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile int refusal;
  private volatile DeliveryReceiptState fate = DeliveryReceiptState.DELIVRD;
  private volatile @Nullable SMPPServerSessionListener listener;

  SmsCentre(int port) {
    this.port = port;
  }

  /// A message as it was submitted.
  public record Submitted(
      String number, byte dataCoding, boolean header, byte[] payload, String validity) {
    /// The text, of payloads within ASCII or UCS-2, without its user data header.
    public String text() {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int from = header ? (payload[0] & 0xFF) + 1 : 0;
      body.write(payload, from, payload.length - from);
      return body.toString(dataCoding == 8 ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII);
    }
  }

  int port() {
    return port;
  }

  public synchronized void start() {
    try {
      SMPPServerSessionListener opened = new SMPPServerSessionListener(port);
      listener = opened;
      Thread.ofPlatform().daemon().start(() -> accept(opened));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Goes away: refuses connections and drops the ones it has.
  public synchronized void stop() {
    SMPPServerSessionListener open = listener;
    listener = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sessions.forEach(SMPPServerSession::close);
    sessions.clear();
  }

  /// Answers the next submissions with a command status.
  public void refuseNext(int count, int commandStatus) {
    refusal = commandStatus;
    refusals.set(count);
  }

  /// What becomes of the messages submitted from now on.
  public void decideFate(DeliveryReceiptState next) {
    fate = next;
  }

  public List<Submitted> submittedTo(String number) {
    return submitted.stream().filter(message -> message.number().equals(number)).toList();
  }

  /// The code of the newest message to a number.
  public Optional<String> lastCode(String number) {
    List<Submitted> all = submittedTo(number);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = CODE.matcher(all.getLast().text());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private void accept(SMPPServerSessionListener open) {
    while (listener == open) {
      try {
        SMPPServerSession session = open.accept();
        BindRequest bind = session.waitForBind(5_000);
        if (!bind.getPassword().equals(PASSWORD)) {
          bind.reject(SMPPConstant.STAT_ESME_RINVPASWD);
          continue;
        }
        session.setMessageReceiverListener(new Receiver());
        sessions.add(session);
        bind.accept("centre");
      } catch (IOException | TimeoutException | PDUStringException | IllegalStateException e) {
        if (listener == open) {
          System.getLogger("sms-centre").log(System.Logger.Level.DEBUG, "no bind", e);
        }
      }
    }
  }

  private final class Receiver extends Refusing {
    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession session)
        throws ProcessRequestException {
      if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new ProcessRequestException("told to refuse", refusal);
      }
      submitted.add(
          new Submitted(
              submit.getDestAddress(),
              submit.getDataCoding(),
              submit.isUdhi(),
              submit.getShortMessage().clone(),
              submit.getValidityPeriod()));
      String id = UUID.randomUUID().toString();
      DeliveryReceiptState becomes = fate;
      Thread.ofVirtual().start(() -> sendReceipt(submit, session, id, becomes));
      try {
        return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
      } catch (PDUStringException e) {
        throw new AssertionError(e);
      }
    }

    private void sendReceipt(
        SubmitSm submit, SMPPServerSession session, String id, DeliveryReceiptState becomes) {
      DeliveryReceipt receipt =
          new DeliveryReceipt(id, 1, 1, new Date(), new Date(), becomes, "000", "");
      try {
        session.deliverShortMessage(
            "",
            TypeOfNumber.INTERNATIONAL,
            NumberingPlanIndicator.ISDN,
            submit.getDestAddress(),
            TypeOfNumber.ALPHANUMERIC,
            NumberingPlanIndicator.UNKNOWN,
            submit.getSourceAddr(),
            new ESMClass(
                MessageMode.DEFAULT, MessageType.SMSC_DEL_RECEIPT, GSMSpecificFeature.DEFAULT),
            (byte) 0,
            (byte) 0,
            new RegisteredDelivery(0),
            DataCodings.ZERO,
            receipt.toString().getBytes(StandardCharsets.US_ASCII));
      } catch (Exception e) {
        System.getLogger("sms-centre").log(System.Logger.Level.INFO, "receipt not taken", e);
      }
    }
  }

  /// Takes nothing.
  private abstract static class Refusing implements ServerMessageReceiverListener {
    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti request, SMPPServerSession session)
        throws ProcessRequestException {
      throw unknown();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm request, SMPPServerSession session)
        throws ProcessRequestException {
      throw unknown();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm request, SMPPServerSession session)
        throws ProcessRequestException {
      throw unknown();
    }

    @Override
    public void onAcceptCancelSm(CancelSm request, SMPPServerSession session)
        throws ProcessRequestException {
      throw unknown();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm request, SMPPServerSession session)
        throws ProcessRequestException {
      throw unknown();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm request, SMPPServerSession session)
        throws ProcessRequestException {
      throw unknown();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(
        QueryBroadcastSm request, SMPPServerSession session) throws ProcessRequestException {
      throw unknown();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm request, Session source)
        throws ProcessRequestException {
      throw unknown();
    }

    private static ProcessRequestException unknown() {
      return new ProcessRequestException("unknown", SMPPConstant.STAT_ESME_RINVCMDID);
    }
  }
}
