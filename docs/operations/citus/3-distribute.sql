-- Spreads the tables of all schemas over the nodes of a Citus cluster, as distribution.csv declares. Run once on the
-- coordinator, as a superuser, after 1-prepare.sql and 2-triggers.sql, with all services stopped. What is not named
-- here stays on the coordinator. docs/operations/scale.md says what holds afterwards, and what does not yet.
\set ON_ERROR_STOP on

-- The triggers of the ledger go to every shard; 2-triggers.sql made them such that they look at nothing else.
SET citus.enable_unsafe_triggers = on;
SET citus.shard_count = 64;

-- seed
SELECT create_distributed_table('seed.payer', 'payer_id', colocate_with => 'none');
SELECT create_distributed_table('seed.payment_password', 'payer_id', colocate_with => 'seed.payer');
SELECT create_distributed_table('seed.device', 'payer_id', colocate_with => 'seed.payer');
SELECT create_distributed_table('seed.seed', 'payer_id', colocate_with => 'seed.payer');
SELECT create_distributed_table('seed.enrolment_challenge', 'payer_id', colocate_with => 'seed.payer');
SELECT create_distributed_table('seed.account_number', 'account_number', colocate_with => 'none');
SELECT create_distributed_table('seed.device_owner', 'device_id', colocate_with => 'none');
SELECT create_distributed_table('seed.device_key', 'public_key', colocate_with => 'none');
SELECT create_distributed_table('seed.alias', 'alias', colocate_with => 'none');
SELECT create_distributed_table('seed.online_code', 'code_hash', colocate_with => 'none');

-- verify
SELECT create_distributed_table('verify.merchant', 'merchant_id', colocate_with => 'none');
SELECT create_distributed_table('verify.terminal', 'merchant_id', colocate_with => 'verify.merchant');
SELECT create_distributed_table('verify.terminal_former_key', 'merchant_id', colocate_with => 'verify.merchant');
SELECT create_distributed_table('verify.code_order', 'merchant_id', colocate_with => 'verify.merchant');
SELECT create_distributed_table('verify.code_refund', 'merchant_id', colocate_with => 'verify.merchant');
SELECT create_distributed_table('verify.code_moment', 'seed_id', colocate_with => 'none');
SELECT create_distributed_table('verify.online_code', 'instrument_id', colocate_with => 'none');
SELECT create_distributed_table('verify.guess_count', 'subject', colocate_with => 'none');
SELECT create_distributed_table('verify.tap_token', 'serial', colocate_with => 'none');
SELECT create_distributed_table('verify.tap_half', 'serial', colocate_with => 'verify.tap_token');
SELECT create_distributed_table('verify.tap_evidence', 'serial', colocate_with => 'verify.tap_token');
SELECT create_distributed_table('verify.device_counter', 'device_id', colocate_with => 'none');
SELECT create_distributed_table('verify.counter_gap', 'device_id', colocate_with => 'verify.device_counter');
SELECT create_distributed_table('verify.revoked_device', 'device_id', colocate_with => 'verify.device_counter');

-- clearing
SELECT create_distributed_table('clearing.account', 'owner_id', colocate_with => 'none');
SELECT create_distributed_table('clearing.posting', 'owner_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.entry', 'owner_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.hold', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.payment', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.reversal_mark', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.challenge_end', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.tap', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.tap_half', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.tap_conflict', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.merchant_credit', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.refund', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.allowance_request', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.device_end', 'payer_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.order_guard', 'merchant_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.settlement_batch', 'merchant_id', colocate_with => 'clearing.account');
SELECT create_distributed_table('clearing.payment_guard', 'payment_id', colocate_with => 'none');
SELECT create_distributed_table('clearing.instrument_guard', 'instrument_id', colocate_with => 'none');
SELECT create_distributed_table('clearing.deposit', 'bank_reference', colocate_with => 'none');

-- risk
SELECT create_distributed_table('risk.payer_profile', 'payer_id', colocate_with => 'none');
SELECT create_distributed_table('risk.device', 'payer_id', colocate_with => 'risk.payer_profile');
SELECT create_distributed_table('risk.device_grant', 'payer_id', colocate_with => 'risk.payer_profile');
SELECT create_distributed_table('risk.double_spend', 'payer_id', colocate_with => 'risk.payer_profile');
SELECT create_distributed_table('risk.observation', 'payer_id', colocate_with => 'risk.payer_profile');
SELECT create_distributed_table('risk.decision', 'payer_id', colocate_with => 'risk.payer_profile');
SELECT create_distributed_table('risk.payment_standing', 'payer_id', colocate_with => 'risk.payer_profile');
SELECT create_distributed_table('risk.confirmation', 'payer_id', colocate_with => 'risk.payer_profile');

-- notify
SELECT create_distributed_table('notify.payer', 'payer_id', colocate_with => 'none');
SELECT create_distributed_table('notify.payment_told', 'payer_id', colocate_with => 'notify.payer');
SELECT create_distributed_table('notify.inbox_item', 'payer_id', colocate_with => 'notify.payer');
SELECT create_distributed_table('notify.challenge', 'payer_id', colocate_with => 'notify.payer');
SELECT create_distributed_table('notify.passkey', 'payer_id', colocate_with => 'notify.payer');
SELECT create_distributed_table('notify.passkey_registration', 'payer_id', colocate_with => 'notify.payer');
SELECT create_distributed_table('notify.sms', 'payer_id', colocate_with => 'notify.payer');
SELECT create_distributed_table('notify.sms_segment', 'centre_message_id', colocate_with => 'none');
SELECT create_distributed_table('notify.webhook_endpoint', 'merchant_id', colocate_with => 'none');
SELECT create_distributed_table('notify.webhook_delivery', 'merchant_id', colocate_with => 'notify.webhook_endpoint');
SELECT create_distributed_table('notify.face_verdict', 'verdict_id', colocate_with => 'none');
