// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The project of a command, and graphs that are named {@code NAME} or {@code PROJECT/NAME}. */
public final class ProjectOptions {

    @Option(
            names = {"-p", "--project"},
            paramLabel = "PROJECT",
            description = "The project; default: $SMO_PROJECT, else that of the context.")
    private @Nullable String project;

    /**
     * A graph of a project.
     *
     * @param project its project
     */
    public record GraphName(String project, String name) {

        @Override
        public String toString() {
            return project + "/" + name;
        }
    }

    /** The project that is named or usual; empty for none. */
    public java.util.Optional<String> ifNamed(ConnectionOptions connection) {
        return java.util.Optional.ofNullable(project).or(connection::usualProject);
    }

    public String project(ConnectionOptions connection) {
        return ifNamed(connection)
                .orElseThrow(
                        () -> connection.wrong(
                                "Which project? Give --project P, set SMO_PROJECT, or smo config set-context NAME --project P"));
    }

    public GraphName graph(ConnectionOptions connection, String name) {
        int slash = name.indexOf('/');
        return slash < 0
                ? new GraphName(project(connection), name)
                : new GraphName(name.substring(0, slash), name.substring(slash + 1));
    }
}
