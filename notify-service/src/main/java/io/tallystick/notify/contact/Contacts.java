package io.tallystick.notify.contact;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Keeps payers' numbers.
@ApplicationScoped
public class Contacts {
  private final Database database;
  private final ContactStore store;
  private final Clock clock;

  Contacts(Database database, ContactStore store, Clock clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  public Optional<Contact> find(String payerId) {
    return database.read(handle -> store.find(handle, payerId));
  }

  /// @param verifiedNumber as the issuer of the payer's token states it, verified
  public Contact put(String payerId, String verifiedNumber) {
    Contact contact =
        ApiErrors.valid(
            "PHONE_NUMBER_MALFORMED",
            () -> new Contact(verifiedNumber, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    database.useTransaction(handle -> store.put(handle, payerId, contact));
    return contact;
  }
}
