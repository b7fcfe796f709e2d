// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import java.io.IOException;
import java.util.List;

/**
 * {@code ./smo bench scale}. Exit status: 0 success, 1 the model lost or doubled work, 64 wrong options, 70 a file
 * cannot be read.
 */
public final class Main {

    private static final int FOUND = 1;
    private static final int USAGE_ERROR = 64;
    private static final int FAILED = 70;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(status(List.of(arguments)));
    }

    static int status(List<String> arguments) {
        try {
            ScaleOptions options = ScaleOptions.parse(arguments);
            ScaleResult result = new ScaleRun(options).run();
            ScaleReport report = new ScaleReport(result);
            System.out.print(report.table());
            if (options.json()) {
                System.out.println(report.json());
            }
            return result.isGood() ? 0 : FOUND;
        } catch (IllegalArgumentException e) {
            System.err.println("bench scale: " + e.getMessage());
            return USAGE_ERROR;
        } catch (IOException e) {
            System.err.println("bench scale: " + e.getMessage());
            return FAILED;
        }
    }
}
