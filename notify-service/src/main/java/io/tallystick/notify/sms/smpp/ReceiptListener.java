package io.tallystick.notify.sms.smpp;

import io.tallystick.notify.sms.DeliveryReport;
import io.tallystick.notify.sms.DeliveryReports;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.util.InvalidDeliveryReceiptException;

/// Takes delivery receipts. A receipt is acknowledged when it is stored; one that could not be
/// stored is refused, and the centre sends it again.
@ApplicationScoped
public class ReceiptListener implements MessageReceiverListener {
  private static final Logger LOG = Logger.getLogger(ReceiptListener.class);

  private final DeliveryReports reports;

  ReceiptListener(DeliveryReports reports) {
    this.reports = reports;
  }

  @Override
  public void onAcceptDeliverSm(DeliverSm deliverSm) throws ProcessRequestException {
    if (!deliverSm.isSmscDeliveryReceipt()) {
      // Somebody answered the message. Nobody reads that, and it must not come again.
      return;
    }
    DeliveryReport report = report(deliverSm);
    try {
      reports.record(report);
    } catch (RuntimeException failure) {
      LOG.warn("a delivery receipt was not stored", failure);
      throw new ProcessRequestException("not stored", SMPPConstant.STAT_ESME_RX_T_APPN, failure);
    }
  }

  @Override
  public void onAcceptAlertNotification(AlertNotification alert) {
    // A phone is reachable again. The centre retries by itself.
  }

  @Override
  public DataSmResult onAcceptDataSm(DataSm dataSm, Session source) throws ProcessRequestException {
    throw new ProcessRequestException("not supported", SMPPConstant.STAT_ESME_RINVCMDID);
  }

  private static DeliveryReport report(DeliverSm deliverSm) throws ProcessRequestException {
    try {
      DeliveryReceipt receipt = deliverSm.getShortMessageAsDeliveryReceipt();
      String error = receipt.getError() == null ? "" : receipt.getError();
      return new DeliveryReport(receipt.getId(), receipt.getFinalStatus().name(), error);
    } catch (InvalidDeliveryReceiptException | NullPointerException malformed) {
      throw new ProcessRequestException(
          "malformed receipt", SMPPConstant.STAT_ESME_RX_P_APPN, malformed);
    }
  }
}
