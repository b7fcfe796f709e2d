// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.junit.jupiter.api.Nested;

/** The stores on H2 in memory. */
class OnH2InMemoryTest {

    @Nested
    class Graphs extends GraphStoreContract {
        Graphs() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Capacity extends CapacityStoreContract {
        Capacity() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Decisions extends DecisionStoreContract {
        Decisions() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        Concurrency() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Opening extends OpeningContract {
        Opening() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class With extends AlongsideContract {
        With() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Operations extends OperationStoreContract {
        Operations() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Revisions extends RevisionStoreContract {
        Revisions() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Resources extends ResourceStoreContract {
        Resources() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Notes extends NotesContract {
        Notes() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Events extends EventStoreContract {
        Events() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Webhooks extends WebhookStoreContract {
        Webhooks() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Migration extends MigrationContract {
        Migration() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Shadows extends ShadowStoreContract {
        Shadows() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Order extends OutboxOrderContract {
        Order() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Plugins extends PluginStoreContract {
        Plugins() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Configuration extends ConfigurationStoreContract {
        Configuration() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Identities extends IdentityStoreContract {
        Identities() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Audit extends AuditStoreContract {
        Audit() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class Quotas extends QuotaStoreContract {
        Quotas() {
            super(TestDatabase.H2_MEMORY);
        }
    }

    @Nested
    class History extends HistoryStoreContract {
        History() {
            super(TestDatabase.H2_MEMORY);
        }
    }
}
