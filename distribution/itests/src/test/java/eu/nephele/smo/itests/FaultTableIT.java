// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of the fault table that tell most; the others are in {@link FurtherFaultsIT}. */
class FaultTableIT {

    private static FaultTable table;

    @BeforeAll
    static void begin() throws Exception {
        table = FaultTable.begin();
    }

    @AfterAll
    static void end() throws Exception {
        if (table != null) {
            table.close();
        }
    }

    @Test
    void updateThatIsSlow() throws Exception {
        table.updateThatIsSlow();
    }

    @Test
    void moveOfDuplicated() throws Exception {
        table.moveOfDuplicated();
    }

    @Test
    void stopWhileNobodyRemoves() throws Exception {
        table.stopWhileNobodyRemoves();
    }

    @Test
    void startWhileTheOldIsStillThere() throws Exception {
        table.startWhileTheOldIsStillThere();
    }

    @Test
    void remove() throws Exception {
        table.remove();
    }
}
