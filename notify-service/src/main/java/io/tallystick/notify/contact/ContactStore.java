package io.tallystick.notify.contact;

import io.tallystick.notify.sealing.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Numbers in PostgreSQL, sealed.
@ApplicationScoped
public class ContactStore {
  private static final String PHONE = "payer.phone";

  private final Vault vault;

  ContactStore(Vault vault) {
    this.vault = vault;
  }

  /// The number, E.164.
  public Optional<String> number(Handle handle, String payerId) {
    return find(handle, payerId).map(Contact::number);
  }

  Optional<Contact> find(Handle handle, String payerId) {
    return handle
        .createQuery(
            "SELECT phone_sealed, phone_updated_at FROM payer"
                + " WHERE payer_id = :payer AND phone_sealed IS NOT NULL")
        .bind("payer", payerId)
        .map((row, _) ->
            new Contact(
                vault.openText(row.getBytes("phone_sealed"), PHONE, payerId),
                row.getObject("phone_updated_at", OffsetDateTime.class).toInstant()))
        .findOne();
  }

  void put(Handle handle, String payerId, Contact contact) {
    handle
        .createUpdate(
            """
            INSERT INTO payer (payer_id, phone_sealed, phone_updated_at) VALUES (:payer, :phone, :now)
            ON CONFLICT (payer_id) DO UPDATE SET phone_sealed = excluded.phone_sealed,
              phone_updated_at = excluded.phone_updated_at
            """)
        .bind("payer", payerId)
        .bind("phone", vault.sealText(contact.number(), PHONE, payerId))
        .bind("now", contact.updatedAt())
        .execute();
  }
}
