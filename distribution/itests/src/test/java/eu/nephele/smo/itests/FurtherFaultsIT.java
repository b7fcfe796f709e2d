// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of the fault table that are not in {@link FaultTableIT}. */
@Real
class FurtherFaultsIT {

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
    void deploy() throws Exception {
        table.deploy();
    }

    @Test
    void deployThatNeverStarts() throws Exception {
        table.deployThatNeverStarts();
    }

    @Test
    void update() throws Exception {
        table.update();
    }

    @Test
    void updateThatNeverStarts() throws Exception {
        table.updateThatNeverStarts();
    }

    @Test
    void rollBack() throws Exception {
        table.rollBack();
    }

    @Test
    void moveOfDivided() throws Exception {
        table.moveOfDivided();
    }

    @Test
    void moveWhileTheSchedulerIsAway() throws Exception {
        table.moveWhileTheSchedulerIsAway();
    }

    @Test
    void stop() throws Exception {
        table.stop();
    }

    @Test
    void start() throws Exception {
        table.start();
    }

    @Test
    void removeWithADeadMember() throws Exception {
        table.removeWithADeadMember();
    }

    @Test
    void blip() throws Exception {
        table.blip();
    }

    @Test
    void wholeRelease() throws Exception {
        table.wholeRelease();
    }

    @Test
    void failover() throws Exception {
        table.failover();
    }
}
