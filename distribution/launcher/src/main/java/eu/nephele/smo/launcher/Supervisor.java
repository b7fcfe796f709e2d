// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.util.Map;
import java.util.Optional;

/**
 * The script that restarts the server. A server started by it ends with it: otherwise it would be neither restarted nor
 * ended.
 *
 * @param process process id of the script, as reported by the script
 * @param parent parent of this process; another process when the script has ended already
 */
record Supervisor(long process, Optional<ProcessHandle> parent) {

    /** Environment variable with the process id of the script. */
    private static final String VARIABLE = "SMO_SUPERVISED";

    /** Empty when this process was not started by a script. */
    static Optional<Supervisor> told(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(process -> process.matches("\\d{1,18}"))
                .map(process -> new Supervisor(
                        Long.parseLong(process), ProcessHandle.current().parent()));
    }

    /**
     * Waits in the background.
     *
     * @param gone called once when the script has ended
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
