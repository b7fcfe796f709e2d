// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.junit.jupiter.api.Nested;

/** The stores on an H2 file, as the server uses it by default. */
class OnH2FileTest {

    @Nested
    class Graphs extends GraphStoreContract {
        Graphs() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Capacity extends CapacityStoreContract {
        Capacity() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Decisions extends DecisionStoreContract {
        Decisions() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        Concurrency() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Opening extends OpeningContract {
        Opening() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class With extends AlongsideContract {
        With() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Operations extends OperationStoreContract {
        Operations() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Revisions extends RevisionStoreContract {
        Revisions() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Resources extends ResourceStoreContract {
        Resources() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Notes extends NotesContract {
        Notes() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Events extends EventStoreContract {
        Events() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Webhooks extends WebhookStoreContract {
        Webhooks() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Migration extends MigrationContract {
        Migration() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Shadows extends ShadowStoreContract {
        Shadows() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Order extends OutboxOrderContract {
        Order() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Plugins extends PluginStoreContract {
        Plugins() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Configuration extends ConfigurationStoreContract {
        Configuration() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Identities extends IdentityStoreContract {
        Identities() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Audit extends AuditStoreContract {
        Audit() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class Quotas extends QuotaStoreContract {
        Quotas() {
            super(TestDatabase.H2_FILE);
        }
    }

    @Nested
    class History extends HistoryStoreContract {
        History() {
            super(TestDatabase.H2_FILE);
        }
    }
}
