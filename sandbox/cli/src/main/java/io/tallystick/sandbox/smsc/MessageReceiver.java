package io.tallystick.sandbox.smsc;

import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
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
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.MessageId;

/// Takes `submit_sm`, shows it on the phone, and sends the delivery receipt that was asked for.
/// Every other request is refused as unknown.
final class MessageReceiver implements ServerMessageReceiverListener {
  private final Phones phones;
  private final Clock clock;
  private final ShortMessages shortMessages = new ShortMessages();

  MessageReceiver(Phones phones, Clock clock) {
    this.phones = phones;
    this.clock = clock;
  }

  @Override
  public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession session)
      throws ProcessRequestException {
    try {
      Optional<String> text = shortMessages.read(submit);
      text.ifPresent(whole ->
          phones.show(submit.getSourceAddr(), submit.getDestAddress(), whole, clock.instant()));
      MessageId id = new MessageId(UUID.randomUUID().toString());
      if (submit.isSmscDelReceiptSuccessAndFailureRequested()) {
        Thread.ofVirtual().start(() -> sendReceipt(submit, session, id));
      }
      return new SubmitSmResult(id, new OptionalParameter[0]);
    } catch (IllegalArgumentException e) {
      throw new ProcessRequestException(e.getMessage(), SMPPConstant.STAT_ESME_RINVMSGLEN, e);
    } catch (IllegalStateException e) {
      throw new ProcessRequestException(e.getMessage(), SMPPConstant.STAT_ESME_RMSGQFUL, e);
    } catch (PDUStringException e) {
      throw new AssertionError("a UUID is a message id", e);
    }
  }

  private void sendReceipt(SubmitSm submit, SMPPServerSession session, MessageId id) {
    Date now = Date.from(clock.instant());
    DeliveryReceipt receipt =
        new DeliveryReceipt(id.getValue(), 1, 1, now, now, DeliveryReceiptState.DELIVRD, "000", "");
    try {
      session.deliverShortMessage(
          "",
          TypeOfNumber.valueOf(submit.getDestAddrTon()),
          NumberingPlanIndicator.valueOf(submit.getDestAddrNpi()),
          submit.getDestAddress(),
          TypeOfNumber.valueOf(submit.getSourceAddrTon()),
          NumberingPlanIndicator.valueOf(submit.getSourceAddrNpi()),
          submit.getSourceAddr(),
          new ESMClass(
              MessageMode.DEFAULT, MessageType.SMSC_DEL_RECEIPT, GSMSpecificFeature.DEFAULT),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(0),
          DataCodings.ZERO,
          receipt.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    } catch (PDUException
        | ResponseTimeoutException
        | InvalidResponseException
        | NegativeResponseException
        | IOException e) {
      System.getLogger(MessageReceiver.class.getName())
          .log(System.Logger.Level.INFO, "a delivery receipt was not taken: " + e.getMessage());
    }
  }

  private static ProcessRequestException unknown() {
    return new ProcessRequestException(
        "this SMS centre takes submit_sm only", SMPPConstant.STAT_ESME_RINVCMDID);
  }

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
}
