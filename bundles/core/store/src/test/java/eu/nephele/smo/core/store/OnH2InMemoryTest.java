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
}
