// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.io.IOException;
import java.nio.file.Path;

/** A process that writes a configuration until its input ends. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String... arguments) throws IOException {
        try (WriterLock lock = new WriterLock("lb", Path.of(arguments[0]))) {
            lock.hold("elsewhere");
            System.out.println("held");
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
