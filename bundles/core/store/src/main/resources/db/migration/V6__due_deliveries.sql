-- SPDX-License-Identifier: Apache-2.0
-- What is due of one webhook is found without looking at what waits for others, or comes later.
create index delivery_due_of_webhook on delivery (webhook, state, next_attempt_at, sequence);
