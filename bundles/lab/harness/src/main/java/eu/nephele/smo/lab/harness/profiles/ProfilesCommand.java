// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench profiles}. Exit status 1: a figure of the documentation is missed. */
@Command(
        name = "profiles",
        description = "Learns profiles of generated services whose capacity is known, and scales with them.")
public final class ProfilesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(names = "--services", paramLabel = "N", description = "Generated services of each part.")
    private int services = 40;

    @Option(names = "--noise", paramLabel = "SHARE", description = "Standard deviation of each reading.")
    private double noise = 0.05;

    @Option(names = "--seed", paramLabel = "K", description = "Of the first service.")
    private long seed = 1;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ProfilesOptions options;
        try {
            options = new ProfilesOptions(services, noise, seed);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
        ProfilesResult result = new ProfilesRun(options).run();
        System.out.print(result.table());
        if (json) {
            System.out.println(result.json());
        }
        return result.isGood() ? 0 : 1;
    }
}
