// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that starts another one and then does nothing: it is killed in a test. */
final class Orphan {

    private Orphan() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Processes processes = new Processes(folder);
        OsProcess child = processes.start("sleep", List.of("sleep", "300"), folder, Map.of());
        System.out.println(child.pid());
        // until the test ends
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
