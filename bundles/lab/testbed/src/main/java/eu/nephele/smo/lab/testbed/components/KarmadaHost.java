// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Access of the programs of a Karmada to the API server of their control plane. */
interface KarmadaHost {

    Path kubeconfig();

    int etcdPort();

    /** A folder with {@code tls.crt} and {@code tls.key} of a server on this machine. */
    Path pair(String name, String host) throws IOException, InterruptedException;

    HttpProbe probe(URI address) throws IOException;
}
