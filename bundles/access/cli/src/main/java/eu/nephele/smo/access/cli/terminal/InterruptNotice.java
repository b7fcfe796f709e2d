// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import java.io.PrintWriter;

/** Says, when Ctrl-C ends the wait, that the operation goes on and how to follow it. */
public final class InterruptNotice implements AutoCloseable {

    private final Thread hook;

    public InterruptNotice(PrintWriter err, String operation) {
        this.hook = new Thread(
                () -> {
                    err.println();
                    err.println(
                            "Operation %s goes on. Follow it: smo wait --for operation=%s; end it: smo operation cancel %s"
                                    .formatted(operation, operation, operation));
                    err.flush();
                },
                "interrupt-notice");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The notice is being written.
            return;
        }
    }
}
