// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

/** Exit statuses of all commands, in one place. */
public enum ExitStatus {
    DONE(0, "done"),
    FAILED(1, "failed; standard error says which step or call, and why"),
    DIFFERENT(
            2,
            "`diff` has found differences; `lint` has found errors; `db check` has found something else than expected"),
    NOT_DONE(3, "not done within the wait; the operation continues"),
    CHANGED_MEANWHILE(4, "refused: somebody else has changed it in the meantime; nothing was overwritten"),
    DECLINED(5, "the question was answered with no"),
    WRONG_USAGE(64, "wrong usage; standard error has the right one"),
    INTERRUPTED(130, "ended by Ctrl-C; an operation continues");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
