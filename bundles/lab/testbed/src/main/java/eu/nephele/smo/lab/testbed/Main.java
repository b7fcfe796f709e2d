// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.docker.EnginesOptions;
import eu.nephele.smo.lab.testbed.docker.PlayedEngines;
import eu.nephele.smo.lab.testbed.push.PushOptions;
import java.io.IOException;
import java.util.List;

/** {@code ./smo testbed}. Exit status: 0 success, 64 wrong options, 69 a component is missing, 70 failure. */
public final class Main {

    private static final int USAGE_ERROR = 64;
    private static final int FAILED = 70;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(status(List.of(arguments)));
    }

    private static int status(List<String> arguments) throws InterruptedException {
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        try {
            return switch (verb) {
                case "up" -> UpCommand.run(UpOptions.parse(arguments.subList(1, arguments.size())));
                case "push" -> push(PushOptions.parse(arguments.subList(1, arguments.size())));
                case "engines" -> PlayedEngines.run(EnginesOptions.parse(arguments.subList(1, arguments.size())));
                default ->
                    throw new IllegalArgumentException("Command '%s' is unknown. Usage: %s | %s | %s"
                            .formatted(verb, UpOptions.USAGE, PushOptions.USAGE, EnginesOptions.USAGE));
            };
        } catch (IllegalArgumentException e) {
            System.err.println("testbed: " + e.getMessage());
            return USAGE_ERROR;
        } catch (IOException e) {
            System.err.println("testbed: " + e.getMessage());
            return FAILED;
        }
    }

    private static int push(PushOptions options) throws IOException, InterruptedException {
        options.push().forEach(System.out::println);
        return 0;
    }
}
