// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench audit}. Exit status 1: a falsification was not found, or the honest chain was refused. */
@Command(
        name = "audit",
        description = "Writes a chain of the audit, verifies it, falsifies it in many ways, and verifies it again.")
public final class AuditBenchCommand implements Callable<Integer> {

    private static final int LEAST = 10;

    @Spec
    private CommandSpec command;

    @Option(names = "--entries", paramLabel = "N", description = "Entries of the chain.")
    private int entries = 1_000_000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "For the database and its export; default: a temporary one.")
    private @Nullable Path data;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (entries < LEAST) {
            throw new ParameterException(
                    command.commandLine(), "--entries is %d or more, not %d".formatted(LEAST, entries));
        }
        AuditBenchResult result;
        try (BenchFolder folder = BenchFolder.create(data)) {
            result = new AuditBenchRun(entries, folder.path()).run();
        }
        System.out.print(result.table());
        if (json) {
            System.out.println(result.json());
        }
        return result.isGood() ? 0 : 1;
    }
}
