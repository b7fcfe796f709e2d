// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import java.io.IOException;
import java.util.function.Consumer;

/** Measures one thing. */
interface ExactSection {

    /**
     * @param figures takes each figure as soon as it is known
     * @param findings takes what is wrong, for people
     * @throws IOException if another program cannot be run
     */
    void measure(Consumer<ExactFigure> figures, Consumer<String> findings) throws IOException, InterruptedException;
}
