// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import java.io.PrintWriter;

/** Says, when Ctrl-C ends a wait, what goes on and how to follow it. */
public final class InterruptNotice implements AutoCloseable {

    private final Thread hook;

    /** @param text is written when the process ends before this is closed */
    public InterruptNotice(PrintWriter err, String text) {
        this.hook = new Thread(
                () -> {
                    err.println();
                    err.println(text);
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
