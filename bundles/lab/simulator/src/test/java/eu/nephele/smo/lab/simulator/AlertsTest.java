// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.START;
import static eu.nephele.smo.lab.simulator.Lab.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldSnapshot.RuleSnapshot;
import eu.nephele.smo.lab.simulator.WorldSnapshot.RuleState;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<Notification> told = new ArrayList<>();
    private boolean receiverIsAway;
    private Lab lab = lab(AlertTiming.USUAL);

    private Lab lab(AlertTiming timing) {
        return new Lab(
                Scenario.of(Lab.DELAY, Lab.cluster("a", 4), Lab.cluster("b", 2)).withAlerting(timing), this::take);
    }

    private void take(Notification notification) {
        if (receiverIsAway) {
            throw new IllegalStateException("nobody there, on purpose");
        }
        told.add(notification);
    }

    @Test
    void firesAfterTheGracePeriodAndEndsWhenTheExpressionNoLongerHolds() {
        lab.series("up", Map.of("prometheus", "x"), 1);
        lab.rule("web", "silent", "absent(up{prometheus=\"x\"})", Duration.ofSeconds(3));
        lab.pass(MINUTE);
        assertThat(state()).isEqualTo(RuleState.INACTIVE);

        lab.drop("up", Map.of("prometheus", "x"));
        lab.pass(SECOND);
        assertThat(state()).isEqualTo(RuleState.PENDING);
        lab.pass(Duration.ofSeconds(2));
        assertThat(told).isEmpty();
        lab.pass(SECOND);
        assertThat(state()).isEqualTo(RuleState.FIRING);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).isFiring()).isTrue();
        assertThat(told.get(0).alerts().get(0).startsAt()).isEqualTo(START.plusSeconds(64));

        lab.series("up", Map.of("prometheus", "x"), 0);
        lab.pass(SECOND);
        assertThat(state()).isEqualTo(RuleState.INACTIVE);
        assertThat(told).hasSize(2);
        assertThat(told.get(1).isFiring()).isFalse();
        assertThat(told.get(1).alerts().get(0).endsAt()).contains(START.plusSeconds(65));
        assertThat(told.get(1).alerts().get(0).fingerprint())
                .isEqualTo(told.get(0).alerts().get(0).fingerprint());
    }

    @Test
    void doesNotFireWhenTheExpressionHoldsForLessThanTheGracePeriod() {
        lab.rule("web", "silent", "absent(pulse)", Duration.ofSeconds(5));
        for (int i = 0; i < 5; i++) {
            lab.pass(Duration.ofSeconds(4));
            lab.series("pulse", Map.of(), 1);
            lab.pass(Duration.ofSeconds(1));
            lab.drop("pulse", Map.of());
        }
        assertThat(told).isEmpty();
    }

    @Test
    void tellsAsAlertmanagerDoes() throws IOException {
        lab.rule("web", "silent", "absent(up{prometheus=\"x\"})", Duration.ZERO);
        lab.pass(SECOND);
        JsonNode json = new ObjectMapper().readTree(told.get(0).toJson().toJson());

        assertThat(json.at("/version").textValue()).isEqualTo("4");
        assertThat(json.at("/status").textValue()).isEqualTo("firing");
        assertThat(json.at("/receiver").textValue()).isEqualTo("smo");
        assertThat(json.at("/groupKey").textValue()).isEqualTo("{}:{smo_graph=\"g\", smo_project=\"p\"}");
        assertThat(json.at("/groupLabels").toString()).isEqualTo("{\"smo_graph\":\"g\",\"smo_project\":\"p\"}");
        assertThat(json.at("/commonLabels/service").textValue()).isEqualTo("web");
        assertThat(json.at("/truncatedAlerts").intValue()).isZero();
        JsonNode alert = json.at("/alerts/0");
        assertThat(alert.at("/status").textValue()).isEqualTo("firing");
        assertThat(alert.at("/labels").toString()).isEqualTo("""
                {"alertname":"p/g/web/silent","prometheus":"x","service":"web","severity":"critical",\
                "smo_event":"silent","smo_graph":"g","smo_project":"p"}""");
        assertThat(alert.at("/annotations").toString())
                .isEqualTo("{\"description\":\"words for people\",\"summary\":\"words for people\"}");
        assertThat(alert.at("/startsAt").textValue()).isEqualTo("2026-06-01T08:00:01Z");
        assertThat(alert.at("/endsAt").textValue()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(alert.at("/generatorURL").textValue()).endsWith("g0.expr=absent%28up%7Bprometheus%3D%22x%22%7D%29");
        assertThat(alert.at("/fingerprint").textValue()).matches("[0-9a-f]{16}");
    }

    @Test
    void repeatsWhileItFires() {
        lab.rule("web", "silent", "absent(up{job=\"x\"})", Duration.ZERO);
        lab.pass(Duration.ofSeconds(182));

        assertThat(told).hasSize(4).allMatch(notification -> notification.equals(told.get(0)));
    }

    @Test
    void tellsTheAlertsOfAGraphTogetherAndWhatIsNewAfterTheGroupInterval() {
        lab = lab(new AlertTiming(SECOND, Duration.ofSeconds(5), Duration.ofSeconds(10), MINUTE, true));
        lab.rule("web", "silent", "absent(a)", Duration.ZERO);
        lab.rule("api", "silent", "absent(a)", Duration.ofSeconds(3));
        lab.rule("db", "silent", "absent(a)", Duration.ofSeconds(7));
        lab.world
                .alertRules()
                .ensure(
                        new WorkloadRef(new GraphId("p", "other"), "x"),
                        new EventRule("e", "absent(a)", Duration.ZERO, ""),
                        Lab.OWNER);
        lab.pass(Duration.ofSeconds(5));
        assertThat(told).isEmpty();
        lab.pass(SECOND);
        assertThat(told).extracting(each -> each.alerts().size()).containsExactly(2, 1);
        lab.pass(Duration.ofSeconds(9));
        assertThat(told).hasSize(2);
        lab.pass(SECOND);
        assertThat(told).extracting(each -> each.alerts().size()).containsExactly(2, 1, 3);
    }

    @Test
    void raisesAnAlertForEachSample() {
        lab.rule("web", "down", "up{job=\"kubelet\"} == 0", Duration.ZERO);
        lab.world.failCluster("a");
        lab.world.failCluster("b");
        lab.pass(SECOND);
        assertThat(told.get(0).alerts())
                .extracting(alert -> alert.labels().get("cluster"))
                .containsExactly("a", "b");

        lab.world.restoreCluster("a");
        lab.pass(SECOND);
        assertThat(told.get(1).isFiring()).isTrue();
        assertThat(told.get(1).alerts())
                .extracting(Notification.NotifiedAlert::isFiring)
                .containsExactly(false, true);
    }

    @Test
    void doesNotTellTheEndWhenThatIsOff() {
        lab = lab(new AlertTiming(SECOND, Duration.ZERO, SECOND, MINUTE, false));
        lab.rule("web", "silent", "absent(pulse)", Duration.ZERO);
        lab.pass(SECOND);
        lab.series("pulse", Map.of(), 1);
        lab.pass(SECOND);
        lab.drop("pulse", Map.of());
        lab.pass(SECOND);

        assertThat(told).hasSize(2).allMatch(Notification::isFiring);
    }

    @Test
    void tellsAgainWhatDidNotArrive() {
        receiverIsAway = true;
        lab.rule("web", "silent", "absent(pulse)", Duration.ZERO);
        for (int i = 0; i < 30; i++) {
            lab.pass(SECOND);
        }
        receiverIsAway = false;
        lab.pass(SECOND);
        assertThat(told).hasSize(1);
        lab.pass(Duration.ofSeconds(30));
        assertThat(told).hasSize(1);
    }

    @Test
    void tellsTheEndAgainWhenItDidNotArrive() {
        lab.rule("web", "silent", "absent(pulse)", Duration.ZERO);
        lab.pass(SECOND);
        receiverIsAway = true;
        lab.series("pulse", Map.of(), 1);
        lab.pass(SECOND);
        lab.pass(SECOND);
        receiverIsAway = false;
        lab.pass(SECOND);

        assertThat(told).extracting(Notification::isFiring).containsExactly(true, false);
    }

    @Test
    void endsWhenItsRuleIsRemoved() {
        lab.rule("web", "silent", "absent(pulse)", Duration.ZERO);
        lab.pass(SECOND);
        lab.world.alertRules().remove(ref("web"), "silent");
        lab.pass(SECOND);

        assertThat(told).extracting(Notification::isFiring).containsExactly(true, false);
        assertThat(lab.world.snapshot().rules()).isEmpty();
    }

    @Test
    void goesOnWhenTheRuleIsWrittenAgainAndWhenItHoldsByTheNewExpressionToo() {
        lab.rule("web", "silent", "absent(pulse)", Duration.ofSeconds(10));
        lab.pass(Duration.ofSeconds(9));
        lab.rule("web", "silent", "absent(pulse)", Duration.ofSeconds(10));
        lab.rule("web", "silent", "absent(pulse) > 0", Duration.ofSeconds(10));
        lab.pass(Duration.ofSeconds(2));

        assertThat(told).hasSize(1);
    }

    @Test
    void keepsRulesByOwner() {
        lab.rule("web", "silent", "absent(a)", Duration.ZERO);
        lab.rule("web", "loud", "absent(b)", Duration.ZERO);
        lab.rule("api", "silent", "absent(a)", Duration.ZERO);
        lab.world
                .alertRules()
                .ensure(ref("api"), new EventRule("silent", "absent(a)", Duration.ZERO, ""), "somebody else");

        assertThat(lab.world.alertRules().owned(Lab.OWNER)).isEqualTo(Map.of(ref("web"), Set.of("silent", "loud")));
        assertThat(lab.world.alertRules().owned("somebody else")).containsOnlyKeys(ref("api"));
        lab.world.alertRules().remove(ref("web"), "never was");
        lab.world.alertRules().remove(ref("web"), "loud");
        assertThat(lab.world.snapshot().rules()).extracting(RuleSnapshot::event).containsExactly("silent", "silent");
    }

    @Test
    void refusesARuleThatItDoesNotUnderstandAndKeepsTheOldOne() {
        lab.rule("web", "silent", "absent(a)", Duration.ZERO);
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> lab.rule("web", "silent", "predict_linear(a[1h], 3600)", Duration.ZERO))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .withMessageContaining("Write alert rule p/g/web/silent")
                .withMessageContaining("at position 0: unknown function 'predict_linear'");
        assertThat(lab.world.snapshot().rules())
                .extracting(RuleSnapshot::expression)
                .containsExactly("absent(a)");
    }

    @Test
    void saysWhatCannotBeEvaluatedAndLeavesTheAlertsAsTheyAre() {
        lab.series("size", Map.of("job", "x"), 5);
        lab.rule("web", "large", "{job=\"x\"} * 2 > 6", Duration.ZERO);
        lab.pass(SECOND);
        lab.series("other", Map.of("job", "x"), 5);
        lab.pass(SECOND);

        assertThat(state()).isEqualTo(RuleState.FIRING);
        assertThat(lab.world.snapshot().rules().get(0).message()).contains("same labels");
    }

    @Test
    void doesNotHoldTheWorldUpWithARegularExpressionThatTakesForEver() {
        lab.series("size", Map.of("job", "a".repeat(60)), 5);
        lab.rule("web", "slow", "size{job=~`(a|aa)+\\1?b`}", Duration.ZERO);
        lab.pass(SECOND);

        assertThat(lab.world.snapshot().rules().get(0).message()).contains("takes too long");
    }

    @Test
    void seesWhatTheWorldMeasures() {
        lab.install("web", 2, 1, "a");
        lab.world.setLoad("web", 10);
        lab.rule("web", "missing", "kube_deployment_status_replicas_available{deployment=\"web\"} < 2", Duration.ZERO);
        lab.rule("web", "busy", "sum(rate(http_requests_total{job=\"web\"}[10s])) > 9.99", Duration.ZERO);
        lab.rule(
                "web",
                "flask",
                "sum(rate(flask_http_request_total{service=\"web\"}[5s])) by (service) < 10.01",
                Duration.ZERO);
        lab.rule(
                "web",
                "hot",
                "rate(container_cpu_usage_seconds_total{container=~\"we.*\"}[10s]) >= 0.499",
                Duration.ZERO);
        lab.pass(SECOND);
        assertThat(firing()).containsExactly("missing");
        lab.pass(Duration.ofSeconds(20));
        assertThat(firing()).containsExactly("busy", "flask", "hot");
        lab.world.setLoad("web", 1);
        lab.pass(Duration.ofSeconds(20));
        assertThat(firing()).containsExactly("flask");
    }

    @Test
    void seesNothingWhileMeasurementsAreMissing() {
        lab.series("up", Map.of("prometheus", "x"), 1);
        lab.rule("web", "silent", "absent(up{prometheus=\"x\"})", Duration.ZERO);
        lab.pass(SECOND);
        lab.world.begin(Outage.METRICS);
        lab.pass(SECOND);
        assertThat(firing()).containsExactly("silent");
        lab.world.end(Outage.METRICS);
        lab.pass(SECOND);
        assertThat(firing()).isEmpty();
    }

    @Test
    void letsSaidSeriesWinOverMeasuredOnes() {
        lab.rule("web", "down", "up{job=\"kubelet\",cluster=\"a\"} == 0", Duration.ZERO);
        lab.series("up", Map.of("job", "kubelet", "cluster", "a"), 0);
        lab.pass(SECOND);
        assertThat(firing()).containsExactly("down");
        lab.drop("up", Map.of("cluster", "a"));
        lab.pass(SECOND);
        assertThat(firing()).isEmpty();
    }

    @Test
    void isTheSameHoweverTimePasses() {
        Lab slow = lab;
        List<Notification> toldInOneGo = new ArrayList<>();
        Lab fast = new Lab(Scenario.of(Lab.DELAY, Lab.cluster("a", 4), Lab.cluster("b", 2)), toldInOneGo::add);
        for (Lab each : List.of(slow, fast)) {
            each.install("web", 1, 1, "a");
            each.world.setLoad("web", 5);
            each.rule("web", "busy", "rate(http_requests_total[5s]) > 4", Duration.ofSeconds(3));
        }
        for (int i = 0; i < 1300; i++) {
            slow.pass(Duration.ofMillis(100));
        }
        fast.pass(Duration.ofSeconds(130));

        assertThat(told).isNotEmpty().isEqualTo(toldInOneGo);
    }

    @Test
    void publishesInTheDefaultWorldWhatTheSamplesMissOnlyInAFault() {
        Scenario brussels = ScenarioFile.builtIn();
        Lab world = new Lab(brussels, this::take);
        world.rule("a", "silent", "absent(up{prometheus=\"smo/brussels\"})", Duration.ZERO);
        world.rule("b", "silent", "absent(up{prometheus=\"kc1/kube-prometheus-operator\"})", Duration.ZERO);
        world.pass(MINUTE);
        assertThat(told).isEmpty();
        world.world.begin(Outage.METRICS);
        world.pass(SECOND);
        assertThat(told.get(0).alerts()).hasSize(2);
    }

    @Test
    void reportsTimesOfTheObservers() {
        VirtualClock clock = new VirtualClock(Instant.EPOCH);
        SimulatedFederation federation =
                SimulatedFederation.inVirtualTime(Scenario.of(Lab.DELAY, Lab.cluster("a", 1)), clock, this::take);
        federation.alertRules().ensure(ref("web"), new EventRule("e", "1", Duration.ZERO, ""), Lab.OWNER);
        clock.advance(SECOND);
        assertThat(told.get(0).alerts().get(0).startsAt()).isEqualTo(Instant.EPOCH.plusSeconds(1));
    }

    private RuleState state() {
        return lab.world.snapshot().rules().get(0).state();
    }

    private List<String> firing() {
        return lab.world.snapshot().rules().stream()
                .filter(rule -> rule.state() == RuleState.FIRING)
                .map(RuleSnapshot::event)
                .sorted()
                .toList();
    }
}
