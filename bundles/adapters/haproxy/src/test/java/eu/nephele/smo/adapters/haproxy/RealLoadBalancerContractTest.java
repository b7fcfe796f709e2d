// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testkit.LoadBalancerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of a load balancer, with a real HAProxy. */
class RealLoadBalancerContractTest extends LoadBalancerContract {

    private RealBalancer real;
    private Backend backend;

    @BeforeEach
    void start() throws Exception {
        real = new RealBalancer();
        // the first service of the world is another installation's else
        real.adapter().ensureRemoved(RealBalancer.key("first"), RealBalancer.OWNER);
        backend = RealBalancer.backend(
                FreePorts.free(1).get(0),
                List.of(real.replica("a").member(), real.replica("b").member()));
    }

    @AfterEach
    void end() throws IOException {
        real.close();
    }

    @Override
    protected LoadBalancer adapter() {
        return real.adapter();
    }

    @Override
    protected Map<String, ?> serviceProperties() {
        return Map.of(AdapterException.SYSTEM, real.settings().system());
    }

    @Override
    protected WorkloadRef service() {
        return RealBalancer.key("web").workload();
    }

    @Override
    protected Backend backend() {
        return backend;
    }

    /** A file that is written is another one. */
    @Override
    protected long effects() {
        try {
            return (Long) Files.getAttribute(real.file(), "unix:ino");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    protected void breakTheSystem() {
        try {
            real.haproxy().kill();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        eu.nephele.smo.lab.testkit.Await.until("the worker ends with its master", () -> !real.answers());
    }
}
