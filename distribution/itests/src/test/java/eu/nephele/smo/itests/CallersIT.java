// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Who may do what is asked in the core, for every way in; what was done and refused is told. Public, because Pax Exam looks for
 * public methods.
 */
@ExtendWith(PaxExamExtension.class)
public class CallersIT {

    private static final long PATIENCE_SECONDS = 60;

    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();

    @Inject
    private BundleContext context;

    @Configuration
    static Option[] options() {
        return ContainerOptions.profile("sim", Map.of("eu.nephele.smo.lab.simulator.cfg", "startupDelayMillis=100\n"));
    }

    @Test
    public void whoMayOnlyReadOneProjectSeesNoOther() throws Exception {
        RestClient client = RestClient.unchecked(Integer.parseInt(context.getProperty("smo.port")));
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/health/ready"), ready -> assertThat(ready.status())
                .as(ready.text())
                .isEqualTo(200));
        context.registerService(AuditSink.class, audit::add, null);
        Sample sample = Sample.all().stream()
                .filter(each -> each.name().equals("minimal.yaml"))
                .findFirst()
                .orElseThrow();
        String mine = "/api/v1/projects/mine/graphs";
        String theirs = "/api/v1/projects/theirs/graphs";
        assertThat(client.postJson(mine, sample.as("application/json")).status())
                .isEqualTo(202);
        assertThat(client.postJson(theirs, sample.as("application/json")).status())
                .isEqualTo(202);
        told("graph.deploy", "graph/mine/" + sample.graph(), "accepted");

        ServiceRegistration<Permissions> rules =
                context.registerService(Permissions.class, new OnlyReadsMine(), ranked());
        RestClient.Answer stopped = client.post(mine + "/" + sample.graph() + "/stop");
        assertThat(stopped.status()).as(stopped.text()).isEqualTo(403);
        assertThat(stopped.json().path("type").asText()).isEqualTo("urn:smo:problem:forbidden");
        assertThat(stopped.json().path("detail").asText()).contains("graph/mine/" + sample.graph(), "operate");
        told("graph.stop", "graph/mine/" + sample.graph(), "forbidden");
        assertThat(client.post("/graphs/" + sample.graph() + "/stop?project=mine")
                        .status())
                .as("the path of the reference")
                .isEqualTo(403);

        assertThat(client.get(mine + "/" + sample.graph()).status()).isEqualTo(200);
        assertThat(client.get(theirs + "/" + sample.graph()).status()).isEqualTo(404);
        assertThat(client.post(theirs + "/" + sample.graph() + "/stop").status())
                .isEqualTo(404);
        for (String list : List.of(
                "/api/v1/projects", "/api/v1/operations", "/api/v1/events?limit=1000", "/project/theirs/graphs")) {
            RestClient.Answer answer = client.get(list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            assertThat(answer.text()).as(list).doesNotContain("theirs");
        }
        assertThat(client.get("/api/v1/operations").text()).contains("mine");
        assertThat(client.get("/api/v1/events?limit=1000").text()).contains("mine");
        assertThat(client.get("/api/v1/clusters").json().path("items")).isEmpty();
        assertThat(client.get("/api/v1/runtime").status()).isEqualTo(404);

        rules.unregister();
        assertThat(client.get(theirs + "/" + sample.graph()).status()).isEqualTo(200);
        assertThat(client.post(theirs + "/" + sample.graph() + "/stop?wait=60").status())
                .isEqualTo(200);
    }

    private void told(String action, String target, String outcome) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, () -> audit, records -> assertThat(records).anySatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo(action);
                    assertThat(entry.target()).isEqualTo(target);
                    assertThat(entry.outcome()).isEqualTo(outcome);
                    assertThat(entry.principal()).isEqualTo("anonymous");
                    assertThat(entry.sourceAddress()).isEqualTo("127.0.0.1");
                    assertThat(entry.correlationId()).isNotEmpty();
                }));
    }

    private static Dictionary<String, Object> ranked() {
        return FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 100));
    }

    private static final class OnlyReadsMine implements Permissions {

        @Override
        public boolean allow(CallContext call, Verb verb, ResourceRef target) {
            return verb == Verb.READ && target.project().equals("mine");
        }

        @Override
        public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
            return verb == Verb.READ && Set.of("mine").contains(project);
        }
    }
}
