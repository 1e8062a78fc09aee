package io.tallystick.clearing.grpc;

import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.api.clearing.v1.LedgerFinding;
import io.tallystick.clearing.audit.LedgerReport;
import io.tallystick.clearing.payment.ProtoValues;

/// The ledger's check as a message.
final class LedgerReports {
  private LedgerReports() {}

  static CheckLedgerResponse response(LedgerReport report) {
    CheckLedgerResponse.Builder response =
        CheckLedgerResponse.newBuilder()
            .setSound(report.sound())
            .setAccounts(report.counts().accounts())
            .setPostings(report.counts().postings())
            .setEntries(report.counts().entries())
            .setPayments(report.counts().payments())
            .setHalvesMatched(report.counts().halvesMatched())
            .setHalvesAlone(report.counts().halvesAlone())
            .setHalvesDisputed(report.counts().halvesDisputed());
    for (LedgerReport.Finding finding : report.findings()) {
      response.addFindings(
          LedgerFinding.newBuilder()
              .setCheck(finding.check())
              .setSubject(finding.subject())
              .setExplanation(finding.explanation()));
    }
    report
        .inSystemMinor()
        .forEach((currency, minor) -> response.addInSystem(ProtoValues.money(minor, currency)));
    return response.build();
  }
}
