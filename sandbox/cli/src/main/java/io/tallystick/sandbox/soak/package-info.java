/// A soak: the whole platform under a seeded workload, while a seeded series of faults is done to
/// it, and an independent proof at the end that nobody was told anything that did not stay true.
///
/// Three parts know nothing of each other. [io.tallystick.sandbox.soak.plan] draws what payers,
/// tills and faults are going to do from a seed; [io.tallystick.sandbox.soak.work] and
/// [io.tallystick.sandbox.soak.fault] do it, the one through public interfaces only, and write down
/// what callers asked and were told ([io.tallystick.sandbox.soak.told]);
/// [io.tallystick.sandbox.soak.check] reads that journal and the databases, and nothing else.
@NullMarked
package io.tallystick.sandbox.soak;

import org.jspecify.annotations.NullMarked;
