// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.junit.jupiter.api.Nested;

/** The stores on PostgreSQL. */
class OnPostgresqlTest {

    @Nested
    class Graphs extends GraphStoreContract {
        Graphs() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Capacity extends CapacityStoreContract {
        Capacity() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Decisions extends DecisionStoreContract {
        Decisions() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        Concurrency() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Opening extends OpeningContract {
        Opening() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class With extends AlongsideContract {
        With() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Operations extends OperationStoreContract {
        Operations() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Revisions extends RevisionStoreContract {
        Revisions() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Resources extends ResourceStoreContract {
        Resources() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Notes extends NotesContract {
        Notes() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Events extends EventStoreContract {
        Events() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Webhooks extends WebhookStoreContract {
        Webhooks() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Migration extends MigrationContract {
        Migration() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Shadows extends ShadowStoreContract {
        Shadows() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Order extends OutboxOrderContract {
        Order() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Plugins extends PluginStoreContract {
        Plugins() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Configuration extends ConfigurationStoreContract {
        Configuration() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Identities extends IdentityStoreContract {
        Identities() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Audit extends AuditStoreContract {
        Audit() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Quotas extends QuotaStoreContract {
        Quotas() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class History extends HistoryStoreContract {
        History() {
            super(TestDatabase.POSTGRESQL);
        }
    }
}
