// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.io.IOException;
import java.nio.file.Path;

/** Files of the program that the worker runs. */
@FunctionalInterface
interface WorkerProgram {

    /** @param folder of the adapter, for files */
    String classPath(Path folder) throws IOException;
}
