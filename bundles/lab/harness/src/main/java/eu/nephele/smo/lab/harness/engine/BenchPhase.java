// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

interface BenchPhase {

    /** Its member of the result. */
    String name();

    /**
     * @return whether it was completed
     * @throws IOException when it cannot go on; the message is part of the result
     */
    boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException;
}
