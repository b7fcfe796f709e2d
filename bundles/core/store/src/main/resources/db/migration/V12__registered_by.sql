-- SPDX-License-Identifier: Apache-2.0
-- Who has registered a webhook; '' for those of before, of which nobody noted it.
alter table webhook add column registered_by varchar(253) default '' not null;
