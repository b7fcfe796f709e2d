// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AuthorizerTest {

    private static final ResourceRef MINE = new ResourceRef("graph", "mine", "g");
    private static final ResourceRef THEIRS = new ResourceRef("graph", "theirs", "g");
    private static final CallContext ANNA = CallContext.of("anna", "10.0.0.1", Set.of(), "c1");

    private final List<AuditRecord> audit = new ArrayList<>();
    private final List<Integer> insideWhenTold = new ArrayList<>();
    private final AtomicInteger worked = new AtomicInteger();
    private final Authorizer authorizer = access().authorizer("The service");

    private final List<AuditRecord> begun = new ArrayList<>();

    private boolean standsBy;
    private boolean full;

    /** Anna reads what is hers, and may change its content; nothing else. */
    private AccessControl access() {
        return new AccessControl() {
            @Override
            public Permissions permissions() {
                return new Permissions() {
                    @Override
                    public boolean allow(CallContext call, Verb verb, ResourceRef target) {
                        return target.project().equals("mine")
                                && Set.of(Verb.READ, Verb.UPDATE).contains(verb);
                    }

                    @Override
                    public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
                        return project.equals("mine");
                    }
                };
            }

            @Override
            public void requireTenure() {
                if (standsBy) {
                    throw SmoException.elsewhere(
                            "This server stands by",
                            Duration.ofSeconds(1),
                            Optional.of(URI.create("http://owner:8000")));
                }
            }

            @Override
            public AuditTrail audit() {
                return new AuditTrail() {
                    @Override
                    public void record(AuditRecord entry) {
                        audit.add(entry);
                        insideWhenTold.add(authorizer.awaitLast(Duration.ZERO));
                    }

                    @Override
                    public AuditedChange begin(AuditRecord intended) {
                        begun.add(intended);
                        if (full) {
                            throw SmoException.of(
                                    SmoException.Kind.UNAVAILABLE, "smo", "The audit is full", Optional.empty());
                        }
                        return this::record;
                    }
                };
            }
        };
    }

    @Test
    void allowedCallsAreDoneAndAudited() {
        assertThat(authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet))
                .isEqualTo(1);
        assertThat(told()).containsExactly("anna 10.0.0.1 graph.update graph/mine/g accepted c1");
    }

    @Test
    void aServerThatStandsByIsReadAndChangesNothing() {
        standsBy = true;
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet))
                .isInstanceOfSatisfying(SmoException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
                    assertThat(refused.elsewhere()).contains(URI.create("http://owner:8000"));
                });
        assertThatThrownBy(() ->
                        authorizer.change(CallContext.INTERNAL, Verb.UPDATE, MINE, "update", worked::incrementAndGet))
                .hasMessage("This server stands by");
        // a caller without the permission gets that answer, wherever they ask
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.DELETE, MINE, "remove", worked::incrementAndGet))
                .hasMessage("anna may see graph/mine/g, but may not delete it");
        assertThat(worked).hasValue(0);
        assertThat(authorizer.read(ANNA, MINE, worked::incrementAndGet)).isEqualTo(1);
        assertThat(authorizer.operate(ANNA, Verb.UPDATE, MINE, "profile", worked::incrementAndGet))
                .isEqualTo(2);
        assertThat(told())
                .containsExactly(
                        "anna 10.0.0.1 graph.update graph/mine/g unavailable c1",
                        "anna 10.0.0.1 graph.remove graph/mine/g forbidden c1",
                        "anna 10.0.0.1 graph.profile graph/mine/g accepted c1");
    }

    @Test
    void anAuthorizerThatHasNotBegunAllowsReadsAndRejectsChanges() {
        authorizer.hold();
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet))
                .hasMessage("The service is loading its stored state; nothing was changed, try again");
        assertThat(authorizer.read(ANNA, MINE, () -> "seen")).isEqualTo("seen");
        authorizer.begin();
        assertThat(authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet))
                .isEqualTo(1);
    }

    @Test
    void whatMayBeSeenButNotDoneIsForbiddenAndNotDone() {
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.DELETE, MINE, "remove", worked::incrementAndGet))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.FORBIDDEN))
                .hasMessage("anna may see graph/mine/g, but may not delete it");
        assertThat(worked).hasValue(0);
        assertThat(told()).containsExactly("anna 10.0.0.1 graph.remove graph/mine/g forbidden c1");
    }

    @Test
    void whatMayNotBeSeenLooksAsIfItWereNotThere() {
        for (Verb verb : Verb.values()) {
            assertThatThrownBy(() -> authorizer.change(ANNA, verb, THEIRS, "x", worked::incrementAndGet))
                    .hasMessage("graph/theirs/g not found");
        }
        assertThatThrownBy(() -> authorizer.read(ANNA, THEIRS, worked::incrementAndGet))
                .hasMessage("graph/theirs/g not found");
        assertThat(authorizer.find(ANNA, THEIRS, () -> Optional.of(worked.incrementAndGet())))
                .isEmpty();
        assertThat(authorizer.list(ANNA, Function.<ResourceRef>identity(), () -> List.of(MINE, THEIRS)))
                .containsExactly(MINE);
        assertThat(authorizer.seesAny(ANNA, "graph", "theirs")).isFalse();
        assertThat(worked).hasValue(0);
    }

    @Test
    void internalCallsAreNeitherAuthorizedNorAudited() {
        authorizer.change(CallContext.INTERNAL, Verb.DELETE, THEIRS, "remove", worked::incrementAndGet);
        assertThat(authorizer.list(CallContext.INTERNAL, Function.<ResourceRef>identity(), () -> List.of(MINE, THEIRS)))
                .containsExactly(MINE, THEIRS);
        assertThat(worked).hasValue(1);
        assertThat(audit).isEmpty();
    }

    @Test
    void aFailedCallIsAuditedAsFailed() {
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.UPDATE, MINE, "update", () -> {
                    throw SmoException.conflict("It is stopped");
                }))
                .hasMessage("It is stopped");
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.UPDATE, MINE, "update", () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(audit).extracting(AuditRecord::outcome).containsExactly("conflict", "failed");
    }

    @Test
    void whatACallerOfTheBundleWasRefusedIsAuditedWithTheReason() {
        authorizer.refused(ANNA, MINE, "reload", SmoException.invalid("/a is missing", List.of()));
        authorizer.refused(CallContext.INTERNAL, MINE, "reload", SmoException.conflict("no file"));
        assertThat(told()).containsExactly("anna 10.0.0.1 graph.reload graph/mine/g invalid c1");
        assertThat(audit).extracting(AuditRecord::detail).containsExactly("/a is missing");
        assertThat(begun).isEmpty();
    }

    @Test
    void aChangeIsAnnouncedBeforeItIsDoneAndARefusalIsNot() {
        authorizer.change(ANNA, Verb.UPDATE, MINE, "update", () -> {
            assertThat(begun).hasSize(1);
            assertThat(audit).isEmpty();
            return worked.incrementAndGet();
        });
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.DELETE, MINE, "remove", worked::incrementAndGet))
                .isInstanceOf(SmoException.class);
        assertThat(begun).extracting(AuditRecord::action).containsExactly("graph.update");
    }

    @Test
    void nothingIsChangedThatCannotBeAnnounced() {
        full = true;
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet))
                .hasMessage("The audit is full");
        assertThat(worked).hasValue(0);
    }

    @Test
    void theDigestOfATargetIsKeptAsItWasBeforeAndAfter() {
        authorizer.digesting(target -> worked.get() == 0 ? Optional.empty() : Optional.of("d" + worked));
        authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet);
        authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet);
        authorizer.digesting(target -> {
            throw new IllegalStateException("no database");
        });
        authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet);
        assertThat(audit).extracting(each -> each.before() + ">" + each.after()).containsExactly(">d1", "d1>d2", ">");
    }

    @Test
    void repetitionsOfARequestHaveTheSameDigestAndOthersHaveAnother() {
        CallContext keyed = ANNA.with(new RequestOrigin.IdempotencyKey("k", "f"));
        authorizer.change(keyed, Verb.UPDATE, MINE, "update", worked::incrementAndGet);
        authorizer.change(keyed, Verb.UPDATE, MINE, "update", worked::incrementAndGet);
        authorizer.change(keyed, Verb.UPDATE, MINE, "stop", worked::incrementAndGet);
        authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet);
        List<String> requests = audit.stream().map(AuditRecord::request).toList();
        assertThat(requests.get(0)).hasSize(64).isEqualTo(requests.get(1)).isNotEqualTo(requests.get(2));
        assertThat(requests.get(3)).isEmpty();
    }

    @Test
    void aCallAfterTheEndIsRejected() {
        authorizer.close();
        assertThatThrownBy(() -> authorizer.change(ANNA, Verb.UPDATE, MINE, "update", worked::incrementAndGet))
                .isInstanceOfSatisfying(SmoException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
                    assertThat(refused.retryAfter()).isPresent();
                })
                .hasMessageContaining("The service has ended");
        assertThat(worked).hasValue(0);
    }

    @Test
    void aPageIsFilledWithWhatMayBeSeen() {
        List<ResourceRef> all = List.of(THEIRS, MINE, THEIRS, THEIRS, MINE, MINE);
        List<Integer> reads = new ArrayList<>();
        List<ResourceRef> page = authorizer.page(ANNA, Function.<ResourceRef>identity(), 2, (last, most) -> {
            int from = reads.stream().mapToInt(Integer::intValue).sum();
            reads.add(most);
            return all.subList(from, Math.min(all.size(), from + most));
        });
        assertThat(page).containsExactly(MINE, MINE);
        assertThat(reads).as("more at once when the first ones are not seen").containsExactly(2, 200);
    }

    @Test
    void whoLooksForWhatTheyMayNotSeeLeavesATrace() {
        assertThatThrownBy(() -> authorizer.read(ANNA, THEIRS, worked::incrementAndGet))
                .isInstanceOf(SmoException.class);
        assertThat(authorizer.find(ANNA, THEIRS, () -> Optional.of(1))).isEmpty();
        assertThat(authorizer.read(ANNA, MINE, () -> 1)).isEqualTo(1);
        assertThat(authorizer.find(CallContext.INTERNAL, THEIRS, () -> Optional.of(1)))
                .contains(1);
        assertThat(told())
                .containsExactly(
                        "anna 10.0.0.1 graph.read graph/theirs/g not-found c1",
                        "anna 10.0.0.1 graph.read graph/theirs/g not-found c1");
        assertThat(worked).hasValue(0);
    }

    @Test
    void aCallIsAuditedBeforeItHasLeft() {
        authorizer.change(ANNA, Verb.UPDATE, MINE, "update", () -> {
            authorizer.close();
            assertThat(authorizer.awaitLast(Duration.ZERO)).isEqualTo(1);
            return 1;
        });
        assertThat(insideWhenTold).containsExactly(1);
        assertThat(authorizer.awaitLast(Duration.ZERO)).isZero();
    }

    @Test
    void aFailedCallHasLeftTheAuthorizer() {
        assertThatThrownBy(() -> authorizer.inside(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        authorizer.close();
        assertThat(authorizer.awaitLast(Duration.ofSeconds(1))).isZero();
    }

    private List<String> told() {
        return audit.stream()
                .map(each -> String.join(
                        " ",
                        each.principal(),
                        each.sourceAddress(),
                        each.action(),
                        each.target(),
                        each.outcome(),
                        each.correlationId()))
                .toList();
    }
}
