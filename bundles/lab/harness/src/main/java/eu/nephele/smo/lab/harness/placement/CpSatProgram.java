// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.nio.file.Path;
import java.util.List;

/** How the program of another solver is started. */
public final class CpSatProgram {

    /** Folder of the libraries of OR-Tools, and source of the program: ./smo sets them when they are asked for. */
    private static final String LIBRARIES = "smo.cpsat.libraries";

    private static final String SOURCE = "smo.cpsat.program";

    private CpSatProgram() {}

    /**
     * Returns the command of the program, to which limit and seed are added.
     *
     * @param solver as the option {@code --against} has it
     * @throws IllegalArgumentException with a message for people, if there is no such solver, or its libraries have not been fetched
     */
    public static List<String> command(String solver) {
        if (!solver.equals(CpSatRun.ID)) {
            throw new IllegalArgumentException("There is no solver '%s'; known is %s".formatted(solver, CpSatRun.ID));
        }
        String libraries = System.getProperty(LIBRARIES);
        String source = System.getProperty(SOURCE);
        if (libraries == null || source == null) {
            throw new IllegalArgumentException(
                    "--against %s needs libraries, which ./smo bench fetches".formatted(solver));
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                Path.of(libraries, "*").toString(),
                source);
    }
}
