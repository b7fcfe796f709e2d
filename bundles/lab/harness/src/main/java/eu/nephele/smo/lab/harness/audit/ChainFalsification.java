// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Falsifies a chain as it is read: what somebody with the database could do. */
enum ChainFalsification {
    /** other content, the hash as it was */
    CHANGE {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            forger.pass(new AuditEntry(
                    entry.sequence(), entry.epoch(), entry.id(), other(entry), entry.previous(), entry.hash()));
        }
    },
    /** other content with a hash that fits it */
    REHASH {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            forger.pass(AuditEntry.following(forger.before(entry), entry.epoch(), entry.id(), other(entry)));
        }
    },
    /** another time, by a microsecond */
    ANTEDATE {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            AuditRecord content = entry.content();
            AuditRecord earlier = new AuditRecord(
                    content.at().minusNanos(1000),
                    content.principal(),
                    content.sourceAddress(),
                    content.action(),
                    content.target(),
                    content.outcome(),
                    content.correlationId());
            forger.pass(new AuditEntry(
                    entry.sequence(), entry.epoch(), entry.id(), earlier, entry.previous(), entry.hash()));
        }
    },
    /** one less */
    REMOVE {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            // it does not go on
        }
    },
    /** twice the same */
    REPEAT {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            forger.pass(entry);
            forger.pass(entry);
        }
    },
    /** behind the next one; the last one has none */
    REORDER {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            forger.hold(entry);
        }
    },
    /** everything from here on computed anew */
    FORK {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            forger.fork(entry, other(entry));
        }
    },
    /** everything from here on is missing */
    CUT_OFF {
        @Override
        void apply(AuditEntry entry, Forger forger) {
            forger.end();
        }
    };

    abstract void apply(AuditEntry entry, Forger forger);

    private static AuditRecord other(AuditEntry entry) {
        AuditRecord content = entry.content();
        return new AuditRecord(
                content.at(),
                "somebody else",
                content.sourceAddress(),
                content.action(),
                content.target(),
                content.outcome(),
                content.correlationId());
    }

    /** Passes a chain on, and falsifies it at one place. */
    static final class Forger implements Consumer<AuditEntry> {

        private final ChainFalsification falsification;
        private final long place;
        private final Consumer<AuditEntry> next;
        private final List<AuditEntry> held = new ArrayList<>();
        private AuditHead last = AuditHead.EMPTY;
        private boolean forked;
        private boolean ended;

        Forger(ChainFalsification falsification, long place, Consumer<AuditEntry> next) {
            this.falsification = falsification;
            this.place = place;
            this.next = next;
        }

        @Override
        public void accept(AuditEntry entry) {
            if (ended) {
                return;
            }
            if (entry.sequence() == place) {
                falsification.apply(entry, this);
            } else if (forked) {
                fork(entry, entry.content());
            } else {
                pass(entry);
                held.forEach(this::pass);
                held.clear();
            }
        }

        void pass(AuditEntry entry) {
            last = entry.head();
            next.accept(entry);
        }

        void hold(AuditEntry entry) {
            held.add(entry);
        }

        AuditHead before(AuditEntry entry) {
            return new AuditHead(entry.sequence() - 1, entry.epoch(), entry.previous());
        }

        void fork(AuditEntry entry, AuditRecord content) {
            AuditHead from = forked ? last : before(entry);
            forked = true;
            pass(AuditEntry.following(from, entry.epoch(), entry.id(), content));
        }

        void end() {
            ended = true;
        }
    }
}
