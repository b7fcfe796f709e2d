// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Access of the programs of a Karmada to the API server of their control plane. */
interface KarmadaHost {

    /** Kubeconfig of the administrator. */
    Path kubeconfig();

    int etcdPort();

    /** A folder with {@code tls.crt} and {@code tls.key} of a server on this machine. */
    Path pair(String name, String host) throws IOException, InterruptedException;

    /** A probe of a server with such a certificate. */
    HttpProbe probe(URI address) throws IOException;
}
