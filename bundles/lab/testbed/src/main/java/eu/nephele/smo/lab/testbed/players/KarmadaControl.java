// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import java.io.IOException;

/** The programs of a Karmada that can be killed and started again, played or real. */
public interface KarmadaControl extends AutoCloseable {

    /** As when the controller manager is killed, or started again. */
    void setControllersRunning(boolean running) throws IOException, InterruptedException;

    /** As when the scheduler is killed, or started again. */
    void setSchedulerRunning(boolean running) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
