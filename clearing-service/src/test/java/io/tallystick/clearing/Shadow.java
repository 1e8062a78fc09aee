package io.tallystick.clearing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The ledger as a child would write it: a few maps, one operation after another. It says what
/// every operation must answer and what everybody must have in the end.
final class Shadow {
  final Map<String, Long> available = new TreeMap<>();
  final Map<String, Long> allowance = new TreeMap<>();
  final Map<String, Long> held = new TreeMap<>();
  final Map<String, Long> payable = new TreeMap<>();
  final Map<String, Payment> payments = new TreeMap<>();
  private final Set<String> usedCodes = new HashSet<>();
  private final Set<String> reversedEarly = new HashSet<>();
  private final Map<String, Long> unsettledRefunds = new HashMap<>();
  private final Map<String, Long> carried = new HashMap<>();
  long inSystem;

  static final class Payment {
    final String id;
    final String payer;
    final String merchant;
    final long amount;
    String state = "";
    long fromAllowance;
    String device = "";
    long refunded;
    long returnedEarly;
    boolean swept;
    boolean settled;
    boolean tap;

    Payment(String id, String payer, String merchant, long amount) {
      this.id = id;
      this.payer = payer;
      this.merchant = merchant;
      this.amount = amount;
    }
  }

  void deposit(String payer, long amount) {
    add(available, payer, amount);
    inSystem += amount;
  }

  String pay(String id, String code, String payer, String merchant, long amount, boolean stepUp) {
    if (payments.containsKey(id)) {
      return payments.get(id).state;
    }
    Payment payment = new Payment(id, payer, merchant, amount);
    payments.put(id, payment);
    boolean fresh = usedCodes.add(code);
    if (reversedEarly.contains(id) || !fresh || get(available, payer) < amount) {
      payment.state = "declined";
    } else {
      add(available, payer, -amount);
      if (stepUp) {
        add(held, payer, amount);
      }
      payment.state = stepUp ? "awaiting-payer" : "paid";
    }
    return payment.state;
  }

  String decide(String id, String payer, String device, String merchant, long amount, String how) {
    if (payments.containsKey(id)) {
      return payments.get(id).state;
    }
    Payment payment = new Payment(id, payer, merchant, amount);
    payment.tap = true;
    payment.device = device;
    payments.put(id, payment);
    long own = get(allowance, device);
    if (how.equals("REFUSE") || own + get(available, payer) < amount) {
      payment.state = "refused";
      return payment.state;
    }
    payment.fromAllowance = Math.min(own, amount);
    add(allowance, device, -payment.fromAllowance);
    add(available, payer, payment.fromAllowance - amount);
    if (how.equals("FREEZE")) {
      add(held, payer, amount);
      payment.state = "frozen";
    } else {
      payment.state = "cleared";
    }
    return payment.state;
  }

  String challenge(String id, boolean passed) {
    Payment payment = payments.get(id);
    if (payment.state.equals("awaiting-payer") || payment.state.equals("frozen")) {
      add(held, payment.payer, -payment.amount);
      if (passed) {
        payment.state = payment.tap ? "cleared" : "paid";
      } else {
        payment.state = payment.tap ? "returned" : "closed";
        putBack(payment);
      }
    }
    return payment.state;
  }

  private void putBack(Payment payment) {
    add(available, payment.payer, payment.amount - payment.fromAllowance);
    if (payment.tap) {
      add(allowance, payment.device, payment.fromAllowance);
    }
  }

  String reverse(String id) {
    Payment payment = payments.get(id);
    if (payment == null) {
      reversedEarly.add(id);
      return "reversed";
    }
    switch (payment.state) {
      case "awaiting-payer" -> {
        add(held, payment.payer, -payment.amount);
        putBack(payment);
        payment.state = "reversed";
      }
      case "paid" -> {
        if (payment.settled || payment.swept && get(payable, payment.merchant) < payment.amount) {
          return "too late";
        }
        if (payment.swept) {
          add(payable, payment.merchant, -payment.amount);
        }
        add(available, payment.payer, payment.amount);
        payment.state = "reversed";
      }
      case "refunded" -> {
        return "too late";
      }
      default -> {
        return payment.state;
      }
    }
    return payment.state;
  }

  String refund(String id, long amount) {
    Payment payment = payments.get(id);
    if (!payment.state.equals("paid") && !payment.state.equals("refunded")) {
      return "not_paid";
    }
    if (amount > payment.amount - payment.refunded) {
      return "exceeds_paid";
    }
    if (payment.swept && get(payable, payment.merchant) < amount) {
      return "merchant_funds";
    }
    if (payment.swept) {
      add(payable, payment.merchant, -amount);
    } else {
      payment.returnedEarly += amount;
    }
    if (payment.swept) {
      add(unsettledRefunds, payment.merchant, amount);
    }
    payment.refunded += amount;
    payment.state = "refunded";
    add(available, payment.payer, amount);
    return "refunded";
  }

  long hold(String payer, String device, long target) {
    long missing = Math.min(target - get(allowance, device), get(available, payer));
    add(allowance, device, missing);
    add(available, payer, -missing);
    return get(allowance, device);
  }

  void release(String payer, String device) {
    add(available, payer, get(allowance, device));
    allowance.put(device, 0L);
  }

  private static boolean moved(Payment payment) {
    return List.of("paid", "refunded", "cleared", "settled").contains(payment.state);
  }

  void sweep() {
    for (Payment payment : payments.values()) {
      if (moved(payment) && !payment.swept) {
        payment.swept = true;
        add(payable, payment.merchant, payment.amount - payment.returnedEarly);
        add(unsettledRefunds, payment.merchant, payment.returnedEarly);
      }
    }
  }

  void settle() {
    sweep();
    Map<String, List<Payment>> byMerchant = new TreeMap<>();
    for (Payment payment : payments.values()) {
      if (moved(payment) && !payment.settled) {
        byMerchant.computeIfAbsent(payment.merchant, _ -> new ArrayList<>()).add(payment);
      }
    }
    byMerchant.forEach(this::settle);
  }

  private void settle(String merchant, List<Payment> settled) {
    long gross = 0;
    for (Payment payment : settled) {
      gross += payment.amount;
      payment.settled = true;
      payment.state = payment.tap ? "settled" : payment.state;
    }
    long wanted = get(unsettledRefunds, merchant) + get(carried, merchant);
    long returned = Math.min(wanted, gross);
    carried.put(merchant, wanted - returned);
    unsettledRefunds.put(merchant, 0L);
    add(payable, merchant, returned - gross);
    inSystem -= gross - returned;
  }

  static long get(Map<String, Long> map, String key) {
    return map.getOrDefault(key, 0L);
  }

  private static void add(Map<String, Long> map, String key, long amount) {
    map.merge(key, amount, Long::sum);
  }
}
