// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A process that outlives this one by some seconds: when this one has ended, however it did, it ends the programs still running.
 * It reads process ids from a pipe that only this process holds; the end of the pipe is the end of this process.
 */
final class ProcessReaper implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            pids=' '
            while read -r word; do
              pid=${word#?}
              case $word in
                +*) pids="$pids$pid " ;;
                -*) pids="${pids%% $pid *} ${pids#* $pid }" ;;
              esac
            done
            alive() { for pid in $pids; do kill -0 "$pid" 2>/dev/null && return 0; done; return 1; }
            signal() { for pid in $pids; do kill "-$1" "$pid" 2>/dev/null; done; }
            alive || exit 0
            signal TERM
            for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3; alive || exit 0; done
            signal KILL
            """;

    private final Process process;
    private final OutputStream pipe;

    ProcessReaper() throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        pipe = process.getOutputStream();
    }

    void watch(Process child) throws IOException {
        send("+" + child.pid());
    }

    void forget(Process child) throws IOException {
        send("-" + child.pid());
    }

    private synchronized void send(String line) throws IOException {
        pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    @Override
    public void close() throws IOException {
        pipe.close();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
