// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Everything outside of a server that it needs to start. It outlives the server. */
interface ServedWorld extends AutoCloseable {

    Path configuration();

    List<String> serverOptions();

    ChaosPace pace();

    @Override
    void close() throws IOException;
}
