// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.util.Map;
import java.util.Optional;

/**
 * The script that starts the server again when it must be. A server that it has started ends with it: else nobody would start it
 * again, and nobody would end it.
 *
 * @param process of the script, as it says itself
 * @param parent of this process; another one has taken over when the script has gone already
 */
record Supervisor(long process, Optional<ProcessHandle> parent) {

    /** Set by the script: its process. */
    private static final String VARIABLE = "SMO_SUPERVISED";

    /** Empty when no script has started this process. */
    static Optional<Supervisor> told(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(process -> process.matches("\\d{1,18}"))
                .map(process -> new Supervisor(
                        Long.parseLong(process), ProcessHandle.current().parent()));
    }

    /**
     * Waits in the background.
     *
     * @param gone called once, when the script is not there any more
     */
    void follow(Runnable gone) {
        Thread follower = new Thread(
                () -> {
                    parent.filter(script -> script.pid() == process)
                            .ifPresent(script -> script.onExit().join());
                    gone.run();
                },
                "smo-supervisor");
        follower.setDaemon(true);
        follower.start();
    }
}
