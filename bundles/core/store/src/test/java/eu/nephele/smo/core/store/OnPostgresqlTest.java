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
}
