package io.tallystick.sandbox.story;

import java.io.IOException;

/// Who appears in every chapter: two merchants with their tills, the operator, the desk that hears
/// webhooks.
///
/// @param cafe sells coffee in Shanghai
/// @param stall sells vegetables around the corner
/// @param bookshop sells books in Beijing, 1,000 km away
record Cast(
    Stage stage,
    Narrator narrator,
    Operator operator,
    WebhookDesk desk,
    Shop cafe,
    Shop stall,
    Shop bookshop)
    implements AutoCloseable {

  static Cast gather(Stage stage, Narrator narrator) throws IOException {
    WebhookDesk desk = WebhookDesk.open();
    Shop cafe = Shop.open(stage, "Corner Café", "CAFE-1", "TILL-1", Shop.Site.SHANGHAI);
    Shop stall = Shop.open(stage, "Green Stall", "STALL-7", "CART-1", Shop.Site.SHANGHAI);
    Shop bookshop = Shop.open(stage, "Old Bookshop", "BOOKS-3", "TILL-A", Shop.Site.BEIJING);
    desk.serve(cafe);
    desk.serve(stall);
    desk.serve(bookshop);
    return new Cast(stage, narrator, new Operator(stage), desk, cafe, stall, bookshop);
  }

  /// Someone with a password, money and an enrolled phone.
  Payer readyPayer(String name) {
    return Payer.arrive(stage, name).ready("500.00");
  }

  @Override
  public void close() throws IOException {
    desk.close();
    cafe.close();
    stall.close();
    bookshop.close();
  }
}
