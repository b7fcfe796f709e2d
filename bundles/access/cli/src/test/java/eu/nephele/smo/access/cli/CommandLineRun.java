// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line, for tests of other packages. */
public record CommandLineRun(int status, String out, String err) {

    public static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandLineRun(status, out.toString(), err.toString());
    }
}
