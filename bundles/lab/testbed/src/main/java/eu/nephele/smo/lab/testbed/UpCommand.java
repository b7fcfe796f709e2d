// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code testbed up}: starts a world, prints its addresses, and runs until it is told to end. */
final class UpCommand {

    private static final int ABSENT = 69;

    private UpCommand() {}

    static int run(UpOptions options) throws IOException, InterruptedException {
        List<String> absent = Testbed.absent(options.world());
        if (!absent.isEmpty()) {
            absent.forEach(System.err::println);
            System.err.printf("ABSENT: %d of the components of this world%n", absent.size());
            return ABSENT;
        }
        TestbedFolder folder = TestbedFolder.from(options.folder());
        try {
            Testbed testbed = Testbed.start(options.world(), folder.path());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(testbed, folder), "testbed-end"));
            System.out.println(testbed.summary());
            System.out.flush();
        } catch (MissingComponentException e) {
            System.err.println(e.getMessage());
            folder.end();
            return ABSENT;
        }
        if (options.withParent()) {
            System.in.transferTo(OutputStream.nullOutputStream());
        } else {
            new CountDownLatch(1).await(); // until Ctrl-C or SIGTERM, whose hook ends it all
        }
        return 0;
    }

    private static void end(Testbed testbed, TestbedFolder folder) {
        try {
            testbed.close();
            folder.end();
        } catch (IOException e) {
            System.err.println("testbed: " + e.getMessage());
        }
    }
}
